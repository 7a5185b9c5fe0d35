### The words in the picture: as few as can be, for they are read 360 pixels wide.

## $percent: chance, from 1 to 99

picture-chance = Chance that it is a machine: { $percent }%

## The three zones of the bar

picture-person = person
picture-unsure = can't tell
picture-machine = machine

picture-marks = Outlined: sounded artificial
picture-no_proof = No proof
