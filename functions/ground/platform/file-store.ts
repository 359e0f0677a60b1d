/**
 * Where files lie that people send: a folder beside an embedded database (`files/folder.ts`), or an S3-compatible bucket
 * (`files/bucket.ts`). Names are random and made by us; nothing in the store is reachable from outside.
 */
export interface FileStore {
  /** Keeps the bytes under a name that was never used before, durably. @throws {FilesUnavailable} */
  put: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Null when there is none. @throws {FilesUnavailable} */
  get: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deleting what is not there is no error. @throws {FilesUnavailable} */
  delete: (name: string) => Promise<void>;
}

/** The store did not answer, or refused. `code` holds no data of anybody. */
export class FilesUnavailable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the file store is not available: ${code}`);
    this.name = 'FilesUnavailable';
    this.code = code;
  }
}

const shape = /^[0-9a-f]{32,64}$/;

/** Names are hexadecimal, so that none of them can leave the store. */
export function assertFileName(name: string): void {
  if (!shape.test(name)) throw new RangeError('a file of the store is named by hexadecimal digits');
}
