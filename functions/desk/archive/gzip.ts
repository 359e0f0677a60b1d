import { AppError } from '../../ground/platform/errors.ts';

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

/** Unpacked by gzip. @throws {AppError} `bad_request` when it is not packed by it, or damaged; whatever reading throws */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reading: { error?: unknown } = {};
  async function* watched() {
    try {
      yield* chunks;
    } catch (error) {
      reading.error = error;
      throw error;
    }
  }
  try {
    yield* chunksOf(streamOfBytes(watched()).pipeThrough(new DecompressionStream('gzip')));
  } catch (error) {
    if (reading.error !== undefined) throw reading.error;
    if (error instanceof AppError) throw error;
    throw new AppError('bad_request', 'This is not an archive of a portal, or it is damaged.', {
      cause: error,
    });
  }
}
