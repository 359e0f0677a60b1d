import { AppError } from '../platform/errors.ts';

export const BODY_BYTES_MAX = 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const jsonType = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/**
 * Reads a JSON body of at most 1 MiB, whatever its length was said to be.
 * @throws {AppError} `unsupported_media_type`, `body_too_large` or `malformed_json`
 */
export async function readJson(request: Request): Promise<unknown> {
  assertJson(request.headers);
  const bytes = await readBytes(request);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new AppError('malformed_json', 'The body is not valid JSON in UTF-8.');
  }
}

function assertJson(headers: Headers): void {
  const coding = headers.get('Content-Encoding');
  if (jsonType.test(headers.get('Content-Type') ?? '') && (coding === null || coding === 'identity')) return;
  throw new AppError(
    'unsupported_media_type',
    'Send the body with Content-Type: application/json, uncompressed.',
  );
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const announced = request.headers.get('Content-Length');
  if (announced === null) return readCounted(request);
  if (Number(announced) > BODY_BYTES_MAX) throw tooLarge();
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > BODY_BYTES_MAX) throw tooLarge();
  return bytes;
}

/** For a body that comes in chunks and never says how long it will be. */
async function readCounted(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    length += read.value.length;
    if (length > BODY_BYTES_MAX) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function tooLarge(): AppError {
  return new AppError('body_too_large', 'The body is larger than 1 MiB.');
}
