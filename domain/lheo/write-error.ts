/** JSON that no LHÉO of the asked version can hold. */
export class WriteError extends Error {
  readonly code = 'ecriture';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`Cannot write ${path}: ${message}`);
    this.path = path;
  }
}
