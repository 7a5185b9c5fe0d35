"""EC-GAN (Haque 2021): a classifier learns from real samples and from confident generated ones."""

from typing import Any

import keras
import tensorflow as tf
from keras import layers, ops

from inference.features import FeatureSpec
from training.networks.cnn import FusedBatchNormalization
from training.networks.levelled import RANGE, Levelled
from training.networks.sizes import EcGanSize

COARSE = 8  # cells of a spectrogram, each way, that the generator makes out of one


class EcGan(keras.Model):  # type: ignore[misc]
    """What `fit` trains; its external classifier is what is exported.

    A generator and a discriminator play the usual game (Goodfellow 2014); the classifier takes a
    generated sample for what it believes it to be, when it is sure enough.
    """

    def __init__(self, classifier: keras.Model, spec: FeatureSpec, size: EcGanSize) -> None:
        super().__init__(name="ecgan")
        self.classifier, self.size = classifier, size  # first: Keras's EMA counts from there
        self.generator, self.discriminator = generator(spec, size), discriminator(spec, size)
        self.makes, self.tells = player(self.generator), player(self.discriminator)
        self.seeds = keras.random.SeedGenerator(size.latent)
        self.built = True  # of three built networks

    def call(self, spectrogram: Any, training: bool = False) -> Any:
        return self.classifier(spectrogram, training=training)

    def train_step(self, data: Any) -> dict[str, Any]:
        """One batch for each of the three: discriminator, generator, classifier."""
        real, truth, *_ = data  # `train_on_batch` adds weights of the samples, which are None
        shape = ops.shape(real)
        latent = (shape[0], -(-shape[1] // COARSE), self.size.latent)
        with tf.GradientTape() as makes, tf.GradientTape() as tells:
            noise = keras.random.normal(latent, seed=self.seeds)
            fake = self.generator(noise, training=True)[:, : shape[1]]
            of_real = self.discriminator(real, training=True)
            of_fake = self.discriminator(fake, training=True)
            fooled = ops.mean(ops.softplus(-of_fake))
            caught = ops.mean(ops.softplus(-of_real)) + ops.mean(ops.softplus(of_fake))
        learn(self.discriminator, self.tells, tells, caught)
        learn(self.generator, self.makes, makes, fooled)
        sure = self.learn_classes(real, truth, ops.stop_gradient(fake))
        return {**self.get_metrics_result(), "confident": sure}

    def learn_classes(self, real: Any, truth: Any, fake: Any) -> Any:
        """Update the classifier; returns the share of the generated samples that counted, 0..1."""
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=truth, y_pred=self.classifier(real, training=True))
            # not as training: what is generated must not count among the statistics of what is real
            believed = self.classifier(fake, training=False)
            pseudo, sure = pseudo_labels(ops.stop_gradient(believed), self.size.confidence)
            of_fake = self.compute_loss(y=pseudo, y_pred=believed, sample_weight=sure)
            both = loss + self.size.generated_weight * of_fake
        self._loss_tracker.update_state(loss, sample_weight=ops.shape(real)[0])
        learn(self.classifier, self.optimizer, tape, both)
        return ops.mean(sure)


def generator(spec: FeatureSpec, size: EcGanSize) -> keras.Model:
    """(batch, columns / 8, latent) normal numbers → (batch, columns, n_bins) dB, the peak at 0."""
    bands = -(-spec.n_bins // COARSE)
    latent = keras.Input((None, size.latent))
    x = layers.Dense(bands * size.generator[0])(latent)
    x = layers.Reshape((-1, bands, size.generator[0]))(x)
    for channels in size.generator:
        x = layers.ReLU()(FusedBatchNormalization()(x))
        x = layers.Conv2DTranspose(channels, 4, 2, "same", use_bias=False)(x)
    x = layers.ReLU()(FusedBatchNormalization()(x))
    x = layers.Conv2D(1, 5, padding="same", activation="sigmoid")(x)
    decibels = RANGE * (x[:, :, : spec.n_bins, 0] - 1.0)
    return keras.Model(latent, decibels, name="generator")


def discriminator(spec: FeatureSpec, size: EcGanSize) -> keras.Model:
    """(batch, columns, n_bins) dB → (batch, 1) logits: real."""
    inputs = keras.Input((None, spec.n_bins))
    x = Levelled()(inputs)
    for channels in size.discriminator:
        # with a bias, TensorFlow 2.21 tries to fuse the three, fails, and says so in every run
        x = layers.LeakyReLU(0.2)(layers.Conv2D(channels, 4, 2, "same", use_bias=False)(x))
    x = layers.Dense(1)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, x, name="discriminator")


def pseudo_labels(logits: Any, confidence: float) -> tuple[Any, Any]:
    """What the classifier believes, as `Batches` says it, and 1 where it is sure enough, else 0."""
    believed = ops.cast(logits > 0.0, logits.dtype)
    labels = ops.concatenate([believed, believed[:, 1:]], axis=1)
    probability = ops.sigmoid(ops.abs(logits[:, 0]))  # of the likelier of synthetic and human
    return labels, ops.cast(probability >= confidence, logits.dtype)


def player(network: keras.Model) -> keras.optimizers.Optimizer:
    optimizer = keras.optimizers.Adam(2e-4, beta_1=0.5)  # Radford 2015
    optimizer.build(network.trainable_variables)
    return optimizer


def learn(network: keras.Model, optimizer: Any, tape: tf.GradientTape, loss: Any) -> None:
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
