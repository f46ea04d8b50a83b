/**
 * Numbers that depend on (seed, keys) alone, so that item n of a set can be made without the n − 1 before it.
 * The generator is SplitMix32 over an FNV-1a hash of the keys.
 */
export class Dice {
  #state: number;

  constructor(seed: number, ...keys: readonly (string | number)[]) {
    let hash = 0x811c9dc5 ^ seed;
    for (const char of keys.join('/')) {
      hash ^= char.codePointAt(0) ?? 0;
      hash = Math.imul(hash, 0x01000193);
    }
    this.#state = hash >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('Cannot pick from an empty list');
    return item;
  }

  /** `count` distinct items, in the list's order; all of them when the list is shorter. */
  some<T>(items: readonly T[], count: number): T[] {
    const kept = new Set<number>();
    while (kept.size < Math.min(count, items.length)) kept.add(Math.floor(this.next() * items.length));
    return items.filter((_, index) => kept.has(index));
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.int(0, 9)).join('');
  }

  /** A version-4-shaped UUID. */
  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.int(0, 15).toString(16));
    hex[12] = '4';
    hex[16] = this.pick(['8', '9', 'a', 'b']);
    const text = hex.join('');
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
  }
}
