/** The part of a streamed text that may still be wanted. */
export class SourceWindow {
  #text = '';
  #start = 0;

  push(slice: string): void {
    this.#text += slice;
  }

  /** Forgets what stands before `position`. */
  keepFrom(position: number): void {
    if (position <= this.#start) return;
    this.#text = this.#text.slice(position - this.#start);
    this.#start = position;
  }

  /** Where the tag named `name` that was read up to `position` begins. */
  startOf(name: string, position: number): number {
    return this.#start + this.#text.lastIndexOf(`<${name}`, position - this.#start - 1);
  }

  slice(from: number, to: number): string {
    return this.#text.slice(from - this.#start, to - this.#start);
  }
}
