/** What the import workflow asks of the world; each step may be repeated and goes on from where it was. */
export interface FileImportActivities {
  /** Imports the received file page by page; fails with a code of the error catalogue for a file that cannot be read. */
  runImport(id: string): Promise<void>;
  /** Ends the import as done, or as failed with a code and, where one is to blame, the line. */
  endImport(input: { readonly id: string; readonly failure?: string; readonly line?: number }): Promise<void>;
}
