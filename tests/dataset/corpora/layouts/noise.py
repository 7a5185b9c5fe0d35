"""ESC-50 and UrbanSound8K."""

from dataset.corpora.esc50 import ESC50
from dataset.corpora.urbansound8k import URBANSOUND8K
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, tarred, zipped
from tests.dataset.corpora.layouts.layout import Layout

NOISES = Layout(
    ESC50,
    {
        "ESC-50-master.zip": zipped(
            {
                "ESC-50-master/meta/esc50.csv": b"filename,fold,target,category,esc10,"
                b"src_file,take\n"
                b"1-100032-A-0.wav,1,0,dog,True,100032,A\n4-9-A-7.wav,4,7,rooster,False,9,A\n"
                b"5-9-B-7.wav,5,7,rooster,False,9,B\n",
                "ESC-50-master/audio/1-100032-A-0.wav": sound(140, rate=44_100),
                "ESC-50-master/audio/4-9-A-7.wav": sound(141, rate=44_100),
            }
        )
    },
    {
        "1-100032-A-0.wav": Clip(
            "", "noise", "esc50-dog", "noise", source="esc50-fold1", split="train"
        ),
        "4-9-A-7.wav": Clip("", "noise", "esc50-rooster", source="esc50-fold4", split="dev"),
    },
    {"5-9-B-7.wav": "no recording"},
)


STREETS = Layout(
    URBANSOUND8K,
    {
        "UrbanSound8K.tar.gz": tarred(
            {
                "UrbanSound8K/metadata/UrbanSound8K.csv": b"slice_file_name,fsID,start,end,"
                b"salience,fold,classID,class\n100032-3-0-0.wav,100032,0,0.3,1,5,3,dog_bark\n"
                b"7-9-0-0.wav,7,0,4,1,10,9,street_music\n8-2-0-0.wav,8,0,4,1,1,2,children_playing\n",
                "UrbanSound8K/audio/fold5/100032-3-0-0.wav": sound(150, rate=44_100, channels=2),
                "UrbanSound8K/audio/fold10/7-9-0-0.wav": sound(151, rate=96_000),
                "UrbanSound8K/audio/fold1/8-2-0-0.wav": sound(152),
                "UrbanSound8K/audio/fold1/.DS_Store": b"x",
            }
        )
    },
    {
        "fold5/100032-3-0-0.wav": Clip(
            "", "noise", "urbansound8k-dog_bark", source="urbansound8k-fold5", split="train"
        ),
        "fold10/7-9-0-0.wav": Clip("", "noise", "urbansound8k-street_music", split="test"),
    },
    {
        "fold5/100032-3-0-0.wav": "taken all the same: odd shape: 2 channels at 44100 Hz",
        "fold10/7-9-0-0.wav": "taken all the same: odd shape: 1 channels at 96000 Hz",
        "fold1/8-2-0-0.wav": "not noise",
    },
)
