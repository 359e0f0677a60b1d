/**
 * Where files lie that are too large to be held in memory, each in parts or whole. Names are made by us: letters, digits,
 * and one point before an ending.
 */
export interface LargeFiles {
  /** The largest file of rows that is worth sending here. */
  bytes_max: number;
  /** The largest archive. */
  archiveBytes_max: number;
  /**
   * Keeps all that comes, durably, and tells how many bytes it was; nothing is kept of a file that breaks off.
   * @throws {AppError} `body_too_large` beyond `bytes_max`
   * @throws {FilesUnavailable}
   */
  write: (
    name: string,
    chunks: AsyncIterable<Uint8Array>,
    limit: { bytes_max: number },
  ) => Promise<{ bytes: number }>;
  /** Its bytes in pieces; null when there is none. @throws {FilesUnavailable} */
  read: (name: string) => Promise<AsyncIterable<Uint8Array> | null>;
  has: (name: string) => Promise<boolean>;
  /** Deleting what is not there is no error. @throws {FilesUnavailable} */
  delete: (name: string) => Promise<void>;
}

const shape = /^[0-9a-f]{32}(?:\.[a-z]{1,12})?$/;

/** So that no name can leave the store. */
export function assertLargeFileName(name: string): void {
  if (!shape.test(name)) throw new RangeError('a large file is named by an id and perhaps an ending');
}
