import fc from 'fast-check';

/** Takes one value of an arbitrary. */
export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** What one draw after the other makes. Without bias: every choice is one among equals. */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  return fc.noBias(fc.gen().map((generate) => make((arbitrary) => generate(() => arbitrary))));
}

/** Repeated values are likelier. */
export function oneOf<const T>(...values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

/** Each of the items with this chance, in their order. */
export function someOf<T>(chance: number, items: readonly T[]): fc.Arbitrary<T[]> {
  const picks = fc.tuple(...items.map(() => fc.nat(99)));
  return picks.map((numbers) => items.filter((_, index) => (numbers[index] ?? 0) < chance * 100));
}

export function maybe<T>(draw: Draw, chance: number, make: () => T): T | undefined {
  return draw(fc.nat(99)) < chance * 100 ? make() : undefined;
}

/** Of a drawn number of items. */
export function indices(min: number, max: number, draw: Draw): number[] {
  return Array.from({ length: draw(fc.integer({ min, max })) }, (_, index) => index);
}
