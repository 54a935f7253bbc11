"""Place the nodes of a graph in the plane: seeded, numpy only, the same result each run.

Communities are found by label propagation, each is drawn by its own forces, the communities are
then arranged by the links between them, and what still overlaps is pushed apart.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

SEED: Final = 20250605
EXACT: Final = 700  # up to here all pairs repel each other; above, far nodes act as grid cells
WHOLE: Final = 450  # up to here the picture is relaxed as a whole; above, communities are islands
CELLS: Final = 16  # the grid is CELLS × CELLS
SPACING: Final = 46.0  # page units between two nodes that are linked
GRAVITY: Final = 0.08  # how strongly everything leans towards the middle
REACH: Final = 2.6 * SPACING
NAME: Final = ((-1.0, 0.55), (-0.5, 0.55), (0.0, 0.55), (0.5, 0.55), (1.0, 0.55))  # below a node
MOST_SEEN: Final = 40  # communities that an overview can show before they are joined
TIED: Final = 0.12  # the pull between communities, where 1 is the pull within one
FOLDED: Final = 3000  # above, the page shows communities as bubbles
ROOMY: Final = 1.3  # of islands, which need room for their names
WIDE: Final[Floats] = np.array([1.12, 0.9])  # the stage is a little wider than high
SMALL: Final = 8  # a community below this size joins the neighbour it is most linked to


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in page units (y downwards) and the community of each node."""

    x: Floats
    y: Floats
    community: Ints


def place(count: int, heads: Ints, tails: Ints, seed: int = SEED) -> Layout:
    """Return positions for ``count`` nodes joined by the edges ``heads[i]``–``tails[i]``."""
    if not count:
        return Layout(np.zeros(0), np.zeros(0), np.zeros(0, np.int64))
    community = communities(count, heads, tails, seed)
    rng = np.random.default_rng(seed)
    local, radius = _draw_communities(community, heads, tails, rng)
    points = local + _arrange(community, radius, heads, tails, rng)[community]
    if count <= WHOLE:
        degree = np.bincount(np.concatenate([heads, tails]), minlength=count)
        named = np.flatnonzero(degree >= np.sort(degree)[-max(1, count // 9)])
        points = _declutter(_polish(points, community, heads, tails), named, rng)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return Layout(points[:, 0].round(1), points[:, 1].round(1), community)


# ── communities ──────────────────────────────────────────────────────────────────────────────


def communities(count: int, heads: Ints, tails: Ints, seed: int = SEED) -> Ints:
    """Return a community number for each node, the largest community first.

    Communities of a large graph are joined to bigger ones as long as there are too many to see.
    """
    rng = np.random.default_rng(seed)
    source, target, weight = _both_ways(count, heads, tails)
    label = _propagate(count, source, target, weight, rng)
    label = _by_size(_join_small(count, label, source, target, weight))
    for _ in range(6):
        if label.max(initial=0) < MOST_SEEN + count / 500:
            break
        groups = int(label.max()) + 1
        away = label[source] != label[target]
        ends = label[source][away], label[target][away]
        outer = _propagate(groups, *ends, weight[away], rng, _fits(label, count))
        # what would grow out of sight stays as it was
        vast = np.bincount(outer[label], minlength=groups) > max(200, count / 15)
        label = _by_size(np.where(vast[outer], np.arange(groups), outer)[label])
    return label


def _fits(label: Ints, count: int) -> NDArray[np.bool_]:
    """Return which communities are small enough to be joined by others."""
    return np.bincount(label) < max(60, count / MOST_SEEN)


def _propagate(
    count: int,
    source: Ints,
    target: Ints,
    weight: Floats,
    rng: np.random.Generator,
    movable: NDArray[np.bool_] | None = None,
) -> Ints:
    """Return for each node the label that its neighbourhood settled on."""
    label = np.arange(count)
    for turn in range(30):
        best = _strongest_label(count, source, label[target], weight, label)
        moving = (best != label) & (rng.random(count) < (0.55 if turn < 24 else 1.0))
        if movable is not None:
            moving &= movable & (turn < 3)
        if not moving.any():
            break
        label = np.where(moving, best, label)
    return label


def _both_ways(count: int, heads: Ints, tails: Ints) -> tuple[Ints, Ints, Floats]:
    """Return every edge in both directions, hubs weighing less, loops left out."""
    keep = heads != tails
    source = np.concatenate([heads[keep], tails[keep]])
    target = np.concatenate([tails[keep], heads[keep]])
    degree = np.maximum(1, np.bincount(source, minlength=count))
    return source, target, 1.0 / np.sqrt(degree[source] * degree[target])


def _strongest_label(count: int, source: Ints, seen: Ints, weight: Floats, label: Ints) -> Ints:
    """Return for each node the label that weighs most around it; its own breaks ties."""
    if not len(source):
        return label
    key = source * count + seen
    pairs, where = np.unique(key, return_inverse=True)
    total = np.bincount(where, weights=weight)
    node, found = pairs // count, pairs % count
    total = total + 1e-9 * (found == label[node])
    order = np.lexsort((found, -total.round(12), node))
    first = order[np.unique(node[order], return_index=True)[1]]
    best = label.copy()
    best[node[first]] = found[first]
    return best


def _join_small(count: int, label: Ints, source: Ints, target: Ints, weight: Floats) -> Ints:
    """Return labels in which a tiny community has joined a bigger neighbour."""
    for _ in range(3):
        size = np.bincount(label, minlength=count)
        out = (size[label[source]] < SMALL) & (label[source] != label[target])
        out &= size[label[target]] >= size[label[source]]
        if not out.any():
            break
        best = _strongest_label(
            count, label[source[out]], label[target[out]], weight[out], np.arange(count)
        )
        best = np.where(best[best] == np.arange(count), np.minimum(best, np.arange(count)), best)
        label = best[label]
    return label


def _by_size(label: Ints) -> Ints:
    """Return the labels renumbered: the largest community is 0, ties by the first node."""
    names, first, where, size = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    return rank[where]


# ── forces ───────────────────────────────────────────────────────────────────────────────────


def _draw_communities(
    community: Ints, heads: Ints, tails: Ints, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return each node's place within its community, and each community's radius."""
    count = len(community)
    order = np.argsort(community, kind="stable")
    bounds = np.searchsorted(community[order], np.arange(community.max() + 2))
    inside = community[heads] == community[tails]
    edge = np.argsort(community[heads[inside]], kind="stable")
    head, tail = heads[inside][edge], tails[inside][edge]
    edge_bounds = np.searchsorted(community[head], np.arange(community.max() + 2))
    place_of = np.empty(count, np.int64)
    local, radius = np.zeros((count, 2)), np.zeros(len(bounds) - 1)
    most = 320 if count <= FOLDED else 100  # the eye sees one community of a small graph at once
    for number in range(len(bounds) - 1):
        nodes = order[bounds[number] : bounds[number + 1]]
        place_of[nodes] = np.arange(len(nodes))
        cut = slice(edge_bounds[number], edge_bounds[number + 1])
        drawn = _forces(len(nodes), place_of[head[cut]], place_of[tail[cut]], rng, most)
        local[nodes] = drawn
    if count > WHOLE:
        local = _declutter_apart(local, community, rng)
    for number in range(len(bounds) - 1):
        nodes = order[bounds[number] : bounds[number + 1]]
        drawn = local[nodes]
        drawn -= (drawn.max(axis=0) + drawn.min(axis=0)) / 2
        local[nodes] = drawn
        radius[number] = np.hypot(drawn[:, 0], drawn[:, 1]).max() + SPACING
    if count > WHOLE:
        radius = radius * ROOMY
    return local, radius


def _declutter_apart(local: Floats, community: Ints, rng: np.random.Generator) -> Floats:
    """Return all communities decluttered in one go, far from each other."""
    side = int(np.ceil(np.sqrt(community.max() + 1)))
    apart = float(np.abs(local).max()) * 4 + 20 * SPACING
    corner = np.stack([community % side, community // side], axis=1) * apart
    return _declutter(local + corner, np.zeros(0, np.int64), rng) - corner


def _forces(count: int, head: Ints, tail: Ints, rng: np.random.Generator, most: int) -> Floats:
    """Return ``count`` points drawn by springs along edges and repulsion between all."""
    turn = np.arange(count) * 2.399963  # the golden angle: an even disc to start from
    reach = SPACING * 0.75 * np.sqrt(np.arange(count))
    points = np.stack([np.cos(turn) * reach, np.sin(turn) * reach], axis=1)
    points += rng.normal(0, SPACING * 0.05, points.shape)
    rounds = int(min(np.clip(count * 10, 40, most), max(60, 90_000 / max(count, 1))))
    for step in range(rounds if count > 2 else 0):
        push = _repel(points) - points * GRAVITY
        move = push + _attract(points, head, tail, np.ones(len(head)))
        points = points + _capped(move, SPACING * (1.6 * (1 - step / rounds) ** 1.5 + 0.02))
    return points


def _polish(points: Floats, community: Ints, heads: Ints, tails: Ints) -> Floats:
    """Return the whole picture relaxed: communities lean towards those they are linked to."""
    strength = np.where(community[heads] == community[tails], 1.0, TIED)
    rounds = int(np.clip(90_000 / len(points), 60, 260))
    for step in range(rounds):
        push = _repel(points) - points * (GRAVITY * 0.5)
        move = push + _attract(points, heads, tails, strength)
        points = points + _capped(move, SPACING * (0.9 * (1 - step / rounds) ** 1.5 + 0.02))
    return points


def _capped(move: Floats, limit: float) -> Floats:
    length = np.hypot(move[:, 0], move[:, 1])[:, None] + 1e-9
    return move / length * np.minimum(length, limit)


def _attract(points: Floats, head: Ints, tail: Ints, strength: Floats) -> Floats:
    """Return the pull of the edges (Fruchterman and Reingold: length² / spacing)."""
    count = len(points)
    gap = points[tail] - points[head]
    force = gap * (np.hypot(gap[:, 0], gap[:, 1]) * strength / SPACING)[:, None]
    pull = np.empty_like(points)
    for axis in range(2):
        pull[:, axis] = np.bincount(head, force[:, axis], count)
        pull[:, axis] -= np.bincount(tail, force[:, axis], count)
    return pull


def _repel(points: Floats) -> Floats:
    """Return the push between nodes (spacing² / distance), exact for small graphs."""
    if len(points) <= EXACT:
        return _push(points, points, np.ones(len(points)))
    low = points.min(axis=0)
    size = (points.max(axis=0) - low) / CELLS + 1e-9
    column = np.minimum((points - low) // size, CELLS - 1).astype(np.int64)
    cell = column[:, 0] * CELLS + column[:, 1]
    mass = np.bincount(cell, minlength=CELLS * CELLS).astype(float)
    middle = np.stack([np.bincount(cell, points[:, k], CELLS * CELLS) for k in (0, 1)], axis=1)
    used = mass > 0
    far = _push(points, middle[used] / mass[used, None], mass[used])
    order = np.lexsort((points[:, 0], cell))
    near = np.zeros_like(points)
    for shift in (1, 2, 3):
        one, two = order[:-shift], order[shift:]
        gap = points[one] - points[two]
        force = gap * (SPACING**2 / (np.sum(gap * gap, axis=1) + 1.0))[:, None]
        near[one] += force
        near[two] -= force
    return far + near


def _push(points: Floats, others: Floats, mass: Floats) -> Floats:
    dx = points[:, None, 0] - others[None, :, 0]
    dy = points[:, None, 1] - others[None, :, 1]
    square = dx * dx + dy * dy
    # beyond REACH the push fades: islands of nodes stay near the islands they are linked to
    force = mass * SPACING**2 / ((square + SPACING * 0.5) * (1 + square / REACH**2))
    return np.stack([(dx * force).sum(axis=1), (dy * force).sum(axis=1)], axis=1)


# ── arrangement ──────────────────────────────────────────────────────────────────────────────


def _arrange(
    community: Ints, radius: Floats, heads: Ints, tails: Ints, rng: np.random.Generator
) -> Floats:
    """Return a centre for each community, linked ones near each other, none overlapping."""
    count = len(radius)
    if count == 1:
        return np.zeros((1, 2))
    link, weight = _links(community, heads, tails, count)
    turn = np.arange(count) * 2.399963
    reach = np.sqrt(np.concatenate([[0.0], np.cumsum(radius**2)[:-1]])) * 1.25
    centre = np.stack([np.cos(turn) * reach, np.sin(turn) * reach], axis=1) * WIDE
    # a community is drawn to the mean of those it is linked to, however many they are
    total = np.bincount(link.ravel(), np.repeat(weight, 2), count)
    busy = np.maximum(total[link[:, 0]], total[link[:, 1]])
    # the lighter one moves more, as when they are pushed apart: else a pair would fly away
    size = radius[link] ** 2
    share = (size / size.sum(axis=1, keepdims=True))[:, ::-1] * 2
    rounds = 200 if count <= EXACT else 60
    for step in range(rounds):
        cool = 1 - step / rounds
        gap = centre[link[:, 1]] - centre[link[:, 0]]
        strength = (0.3 * cool * weight / busy)[:, None]
        np.add.at(centre, link[:, 0], gap * strength * share[:, :1])
        np.add.at(centre, link[:, 1], -gap * strength * share[:, 1:])
        centre -= centre * 0.02 * cool / WIDE**2
        centre = _separate(centre, radius, rng)
    for _ in range(60 if count <= EXACT else 8):
        centre = _separate(centre, radius, rng)
    return centre


def _links(community: Ints, heads: Ints, tails: Ints, count: int) -> tuple[Ints, Floats]:
    """Return pairs of linked communities and how many edges join them."""
    one, two = community[heads], community[tails]
    low, high = np.minimum(one, two), np.maximum(one, two)
    keys, weight = np.unique(low[low < high] * count + high[low < high], return_counts=True)
    return np.stack([keys // count, keys % count], axis=1), weight.astype(float)


def _separate(centre: Floats, radius: Floats, rng: np.random.Generator) -> Floats:
    """Return the discs pushed apart where they overlap, the heavier one moving less."""
    one, two = _close_pairs(centre, radius)
    gap = centre[two] - centre[one]
    length = np.hypot(gap[:, 0], gap[:, 1])
    flat = length < 1e-6
    gap[flat] = rng.normal(0, 1, (int(flat.sum()), 2))
    length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
    overlap = np.maximum(0.0, radius[one] + radius[two] - length)
    share = radius[two] ** 2 / (radius[one] ** 2 + radius[two] ** 2)
    push = gap / length[:, None] * overlap[:, None] * 0.5
    moved = centre.copy()
    np.add.at(moved, one, -push * share[:, None])
    np.add.at(moved, two, push * (1 - share)[:, None])
    return moved


def _close_pairs(centre: Floats, radius: Floats) -> tuple[Ints, Ints]:
    """Return pairs of discs that may overlap: all, or neighbours along x when there are many."""
    count = len(centre)
    if count <= 2 * EXACT:
        one, two = np.triu_indices(count, 1)
        return one.astype(np.int64), two.astype(np.int64)
    order = np.lexsort((centre[:, 1], (centre[:, 0] // (2 * float(np.median(radius))))))
    shifts = [(order[:-k], order[k:]) for k in range(1, 9)]
    return np.concatenate([a for a, _ in shifts]), np.concatenate([b for _, b in shifts])


def _declutter(points: Floats, named: Ints, rng: np.random.Generator) -> Floats:
    """Return the points with a free box around each, and room for a name below the ``named``."""
    box = np.array([SPACING * 1.75, SPACING * 1.05])
    scaled = points / box + rng.normal(0, 1e-3, points.shape)
    owner = np.concatenate([np.arange(len(points)), np.repeat(named, len(NAME))])
    offset = np.concatenate([np.zeros_like(points), np.tile(np.array(NAME), (len(named), 1))])
    room = np.where(np.arange(len(owner)) < len(points), 0.5, 0.22)
    for _ in range(80):
        push = _crowding(scaled[owner] + offset, owner, room)
        moved = np.stack([np.bincount(owner, push[:, k], len(points)) for k in (0, 1)], axis=1)
        if np.abs(moved).max() < 1e-3:
            break
        scaled += _capped(np.asarray(moved, np.float64), 0.4)
    return np.asarray(scaled * box, np.float64)


def _crowding(boxes: Floats, owner: Ints, room: Floats) -> Floats:
    """Return how each box is pushed by those nearer than the room that both need."""
    cell = np.floor(boxes).astype(np.int64)
    moved = np.zeros_like(boxes)
    for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1)):
        one, two = _neighbours(cell, dx, dy)
        other = owner[one] != owner[two]
        one, two = one[other], two[other]
        gap = boxes[two] - boxes[one]
        length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
        force = np.maximum(0.0, room[one] + room[two] - length) * 0.25
        push = gap / length[:, None] * force[:, None]
        np.add.at(moved, one, -push)
        np.add.at(moved, two, push)
    return moved


def _neighbours(cell: Ints, dx: int, dy: int) -> tuple[Ints, Ints]:
    """Return pairs of nodes in one cell, or in a cell and the next one over."""
    stride = 1 << 20
    key = (cell[:, 0] + stride // 2) * stride + cell[:, 1] + stride // 2
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    wanted = key + dx * stride + dy
    low = np.searchsorted(ranked, wanted, "left")
    many = np.minimum(np.searchsorted(ranked, wanted, "right") - low, 12)
    one = np.repeat(np.arange(len(key)), many)
    step = np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
    two = order[np.repeat(low, many) + step]
    keep = one < two if (dx, dy) == (0, 0) else one != two
    return one[keep], two[keep]
