/** One of the things by which visitors are told apart, and the places of the classes that they may be in. */
export type Sides = ReadonlyMap<string, readonly number[]>;

/** Visitors who are all in one class or another on every side; a side that is left out does not matter. */
export interface Box<T> {
  readonly sides: Sides;
  readonly content: T;
}

/**
 * As few boxes as are easily found: those that differ on one side only become one. `sizeOf` tells how many classes a side
 * has, so that a side with all of them can be left out; `keyOf` tells which contents are the same.
 */
export function merged<T>(
  boxes: readonly Box<T>[],
  keyOf: (content: T) => string,
  sizeOf: (side: string) => number,
) {
  let found = boxes;
  for (;;) {
    const sides = [...new Set(found.flatMap((box) => [...box.sides.keys()]))];
    const next = sides.reduce(
      (all, side) => mergedOn(side, { boxes: all, keyOf, size: sizeOf(side) }),
      found,
    );
    if (next.length === found.length) return next;
    found = next;
  }
}

interface Merging<T> {
  readonly boxes: readonly Box<T>[];
  readonly keyOf: (content: T) => string;
  readonly size: number;
}

function mergedOn<T>(side: string, { boxes, keyOf, size }: Merging<T>): readonly Box<T>[] {
  const alike = Map.groupBy(boxes, (box) => {
    const others = [...box.sides]
      .filter(([name]) => name !== side)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify([keyOf(box.content), others]);
  });
  return Array.from(alike.values(), (group) => {
    const [first] = group;
    if (first === undefined) throw new Error('a group has a member');
    if (group.length === 1) return first;
    const sides = new Map(first.sides);
    const places = new Set(group.flatMap((box) => [...(box.sides.get(side) ?? [])]));
    const isAll = group.some((box) => !box.sides.has(side)) || places.size === size;
    if (isAll) sides.delete(side);
    else
      sides.set(
        side,
        [...places].sort((one, other) => one - other),
      );
    return { sides, content: first.content };
  });
}
