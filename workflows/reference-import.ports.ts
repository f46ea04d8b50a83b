/** What the import of reference tables asks of the world; each step may be repeated. */
export interface ReferenceImportActivities {
  /** Loads the files of the data folder that changed; answers the names of the tables that moved. */
  importReferences(): Promise<readonly string[]>;
  /** Marks again, in pages, the sessions whose marking is older than the tables; answers how many formations. */
  remarkCpf(): Promise<number>;
}
