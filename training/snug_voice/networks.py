"""The networks of the small voice: durations, text, velocity, vocoder.

The velocity is the transformer of F5-TTS (Chen and others, 2024, arXiv 2410.06885) and keeps the
names of its weights, so that Snug folds its time part away as it does for F5. Three things differ:
text is aligned to frames before it is encoded; two frames are one token of the transformer; the
velocity of a Gaussian whose mean and deviation the text gives is added to what the transformer
says, which therefore learns the rest only. The vocoder is Vocos (Siuzdak, 2023, arXiv 2306.00814),
with its names.

Frames are [batch, frames, channels]; spectrograms natural logarithms of 100 mel bands.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

BANDS = 100
HEAD_CHANNELS = 64
EPSILON = 1e-6
DEVIATION_LOG_MIN, DEVIATION_LOG_MAX = -2.5, 1.5


class ConvNeXtBlock(nn.Module):
    """Liu and others, 2022 (arXiv 2201.03545), in one dimension."""

    def __init__(self, channels, kernel=7, widening=2, scale=0.3):
        super().__init__()
        self.dwconv = nn.Conv1d(channels, channels, kernel, padding=kernel // 2, groups=channels)
        self.norm = nn.LayerNorm(channels, eps=EPSILON)
        self.pwconv1 = nn.Linear(channels, widening * channels)
        self.pwconv2 = nn.Linear(widening * channels, channels)
        self.gamma = nn.Parameter(torch.full((channels,), scale))

    def forward(self, x):
        y = self.dwconv(x.transpose(1, 2)).transpose(1, 2)
        return x + self.gamma * self.pwconv2(F.gelu(self.pwconv1(self.norm(y))))


class Durations(nn.Module):
    """Tokens + 1 (0 for nothing) [batch, tokens] to the logarithm of their frames."""

    def __init__(self, tokens, channels=64, blocks=3, kernel=9):
        super().__init__()
        self.embed = nn.Embedding(tokens + 1, channels)
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels, kernel) for _ in range(blocks))
        self.out = nn.Linear(channels, 1)

    def forward(self, tokens):
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x)
        return self.out(x)[..., 0]


class Text(nn.Module):
    """Aligned tokens and the voice to features, and the mean and deviation of the spectrogram.

    tokens: the token of each frame + 1, 0 for nothing; places: how far inside the token the
    frame is, 0 to 1, and ln(frames of the token) / 2 - 0.8; style: mean and deviation of each
    band over the reference, zeros for no voice.
    """

    def __init__(self, tokens, channels=128, blocks=4):
        super().__init__()
        self.embed = nn.Embedding(tokens + 1, channels)
        self.place = nn.Linear(2, channels)
        self.style = nn.Sequential(
            nn.Linear(2 * BANDS, channels), nn.SiLU(), nn.Linear(channels, channels)
        )
        self.blocks = nn.ModuleList(ConvNeXtBlock(channels) for _ in range(blocks))
        self.mean = nn.Linear(channels, BANDS)
        self.log_deviation = nn.Linear(channels, BANDS)
        nn.init.zeros_(self.log_deviation.weight)
        nn.init.constant_(self.log_deviation.bias, -0.2)

    def forward(self, tokens, places, style):
        """Features [.., channels], mean [.., bands], variance [.., bands]."""
        x = self.embed(tokens) + self.place(places) + self.style(style)[:, None]
        for block in self.blocks:
            x = block(x)
        log_deviation = self.log_deviation(x).clamp(DEVIATION_LOG_MIN, DEVIATION_LOG_MAX)
        return x, self.mean(x), torch.exp(2 * log_deviation)


def style_of(mel):
    """[frames, bands] to [2 * bands]: what tells one voice from another."""
    mean = mel.mean(0)
    return torch.cat([mean, (((mel - mean) ** 2).mean(0) + 1e-4).sqrt()])


class TimeEmbedding(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.time_mlp = nn.Sequential(
            nn.Linear(256, channels), nn.SiLU(), nn.Linear(channels, channels)
        )

    def forward(self, time):
        half = 128
        frequencies = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half))
        angles = 1000 * time[:, None] * frequencies
        return self.time_mlp(torch.cat([angles.sin(), angles.cos()], -1))


def modulation(channels, parts):
    """What time makes of a block: shifts, scales and gates, all nothing at first."""
    linear = nn.Linear(channels, parts * channels)
    nn.init.zeros_(linear.weight)
    nn.init.zeros_(linear.bias)
    return linear


class PlaceConvolutions(nn.Module):
    def __init__(self, channels, kernel, groups):
        super().__init__()
        convolution = dict(kernel_size=kernel, padding=kernel // 2, groups=groups)
        self.conv1d = nn.Sequential(
            nn.Conv1d(channels, channels, **convolution),
            nn.Mish(),
            nn.Conv1d(channels, channels, **convolution),
            nn.Mish(),
        )

    def forward(self, x):
        return self.conv1d(x.transpose(1, 2)).transpose(1, 2)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.to_q = nn.Linear(channels, channels)
        self.to_k = nn.Linear(channels, channels)
        self.to_v = nn.Linear(channels, channels)
        self.to_out = nn.Sequential(nn.Linear(channels, channels))

    def forward(self, x, rotation):
        batch, length, channels = x.shape

        def heads(y):
            return y.view(batch, length, -1, HEAD_CHANNELS).transpose(1, 2)

        y = F.scaled_dot_product_attention(
            rotated(heads(self.to_q(x)), rotation),
            rotated(heads(self.to_k(x)), rotation),
            heads(self.to_v(x)),
        )
        return self.to_out(y.transpose(1, 2).reshape(batch, length, channels))


def rotation_of(length):
    """Su and others, "RoFormer", 2021 (arXiv 2104.09864): cosines and sines [length, 32]."""
    frequencies = 10000 ** (-torch.arange(0, HEAD_CHANNELS, 2) / HEAD_CHANNELS)
    angles = torch.arange(length)[:, None] * frequencies
    return angles.cos(), angles.sin()


def rotated(x, rotation):
    cosines, sines = rotation
    even, odd = x[..., ::2], x[..., 1::2]
    return torch.stack([even * cosines - odd * sines, odd * cosines + even * sines], -1).flatten(-2)


class FeedForward(nn.Module):
    def __init__(self, channels, widening):
        super().__init__()
        first = nn.Sequential(nn.Linear(channels, widening * channels), nn.GELU("tanh"))
        self.ff = nn.Sequential(first, nn.Identity(), nn.Linear(widening * channels, channels))

    def forward(self, x):
        return self.ff(x)


class TransformerBlock(nn.Module):
    def __init__(self, channels, widening):
        super().__init__()
        self.attn_norm = nn.Module()
        self.attn_norm.linear = modulation(channels, 6)
        self.attn = Attention(channels)
        self.ff = FeedForward(channels, widening)

    def forward(self, x, time, rotation):
        parts = self.attn_norm.linear(F.silu(time))[:, None].chunk(6, -1)
        shift, scale, gate, shift_ff, scale_ff, gate_ff = parts
        x = x + gate * self.attn(norm(x) * (1 + scale) + shift, rotation)
        return x + gate_ff * self.ff(norm(x) * (1 + scale_ff) + shift_ff)


def norm(x):
    return F.layer_norm(x, x.shape[-1:], eps=EPSILON)


class InputEmbedding(nn.Module):
    def __init__(self, inputs, channels, kernel, groups):
        super().__init__()
        self.proj = nn.Linear(inputs, channels)
        self.conv_pos_embed = PlaceConvolutions(channels, kernel, groups)

    def forward(self, x):
        x = self.proj(x)
        return x + self.conv_pos_embed(x)


class Velocity(nn.Module):
    """dx/dt of the state x at time t [batch], given reference, features, mean and variance."""

    def __init__(self, text=128, channels=128, blocks=4, widening=2, kernel=15, groups=16, patch=2):
        super().__init__()
        self.patch = patch
        self.time_embed = TimeEmbedding(channels)
        self.input_embed = InputEmbedding((2 * BANDS + text) * patch, channels, kernel, groups)
        self.transformer_blocks = nn.ModuleList(
            TransformerBlock(channels, widening) for _ in range(blocks)
        )
        self.norm_out = nn.Module()
        self.norm_out.linear = modulation(channels, 2)
        self.proj_out = nn.Linear(channels, BANDS * patch)
        nn.init.zeros_(self.proj_out.weight)
        nn.init.zeros_(self.proj_out.bias)

    def forward(self, x, reference, features, mean, variance, time):
        batch, frames, _ = x.shape
        missing = -frames % self.patch
        joined = F.pad(torch.cat([x, reference, features], -1), (0, 0, 0, missing))
        tokens = (frames + missing) // self.patch
        y = self.input_embed(joined.reshape(batch, tokens, -1))
        embedded = self.time_embed(time)
        rotation = rotation_of(tokens)
        for block in self.transformer_blocks:
            y = block(y, embedded, rotation)
        scale, shift = self.norm_out.linear(F.silu(embedded))[:, None].chunk(2, -1)
        y = self.proj_out(norm(y) * (1 + scale) + shift)
        y = y.reshape(batch, frames + missing, BANDS)[:, :frames]
        return gaussian_velocity(x, mean, variance, time[:, None, None]) + y


def gaussian_velocity(x, mean, variance, time):
    """The velocity of the straight path from N(0, 1) to N(mean, variance).

    It is E[x1 - x0 | x], with x = (1 - t) x0 + t x1: exact where spectrograms are Gaussian given
    the text.
    """
    rest = 1 - time
    slope = (time * variance - rest) / (time * time * variance + rest * rest)
    return mean + slope * (x - time * mean)


class Vocoder(nn.Module):
    """Log-mel [batch, frames, bands] to magnitude and phase of 1024 samples, 256 apart."""

    def __init__(self, channels=256, blocks=4, widening=2):
        super().__init__()
        self.backbone = nn.Module()
        self.backbone.embed = nn.Conv1d(BANDS, channels, 7, padding=3)
        self.backbone.norm = nn.LayerNorm(channels, eps=EPSILON)
        self.backbone.convnext = nn.ModuleList(
            ConvNeXtBlock(channels, widening=widening) for _ in range(blocks)
        )
        self.backbone.final_layer_norm = nn.LayerNorm(channels, eps=EPSILON)
        self.head = nn.Module()
        self.head.out = nn.Linear(channels, 1026)
        self.register_buffer("window", torch.hann_window(1024), persistent=False)

    def forward(self, mel):
        """Samples, nominally -1 to 1: (frames - 1) * 256 of them."""
        x = self.backbone.norm(self.backbone.embed(mel.transpose(1, 2)).transpose(1, 2))
        for block in self.backbone.convnext:
            x = block(x)
        x = self.head.out(self.backbone.final_layer_norm(x))
        magnitude = torch.exp(x[..., :513]).clamp(max=100)
        spectra = magnitude * torch.exp(1j * x[..., 513:])
        return torch.istft(spectra.transpose(1, 2), 1024, 256, 1024, self.window, center=True)
