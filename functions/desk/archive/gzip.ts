import { AppError } from '../../ground/platform/errors.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';

/** Bytes as they are asked for; whoever goes away ends the making. */
export function streamOfBytes(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

/** The pieces of a stream; whoever stops asking ends it. */
export async function* chunksOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  try {
    for (let { value, done } = await reader.read(); done !== true; { value, done } = await reader.read())
      if (value !== undefined) yield value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Tables pack to a tenth or so; what unpacks to far more was made to fill a disk. */
const UNPACKED_TIMES_MAX = 100;
/** Of little that is packed nothing is concluded. */
const UNPACKED_BYTES_FREE = 64 * 1024 * 1024;

/** Bytes as they come; what is called for each piece may end it. */
export async function* telling<Piece>(
  pieces: AsyncIterable<Piece>,
  onPiece: () => void,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    onPiece();
    yield piece;
  }
}

/**
 * Unpacked by gzip.
 * @throws {AppError} `bad_request` when it is not packed by it, damaged, or unpacks to more than any archive does; whatever
 * reading throws
 */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reading: { error?: unknown } = {};
  let [packed, unpacked] = [0, 0];
  async function* watched() {
    try {
      for await (const chunk of chunks) {
        packed += chunk.length;
        yield chunk;
      }
    } catch (error) {
      reading.error = error;
      throw error;
    }
  }
  try {
    for await (const piece of chunksOf(
      streamOfBytes(watched()).pipeThrough(new DecompressionStream('gzip')),
    )) {
      unpacked += piece.length;
      if (unpacked > UNPACKED_BYTES_FREE + packed * UNPACKED_TIMES_MAX) throw tooMuch();
      yield piece;
    }
  } catch (error) {
    if (reading.error !== undefined) throw reading.error;
    if (error instanceof AppError) throw error;
    throw refusedFile('archive_damaged', {}, { as: 'bad_request', cause: error });
  }
}

function tooMuch(): AppError {
  return refusedFile('archive_unpacks_too_large', {}, { as: 'bad_request' });
}
