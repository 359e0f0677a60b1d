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
  const bytes = await readBytes(request, BODY_BYTES_MAX);
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

/** A body of at most `bytes_max`, whatever its length was said to be. @throws {AppError} `body_too_large` */
export async function readBytes(request: Request, bytes_max: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get('Content-Length');
  if (announced === null) return readCounted(request, bytes_max);
  if (Number(announced) > bytes_max) throw tooLarge();
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > bytes_max) throw tooLarge();
  return bytes;
}

/** For a body that comes in chunks and never says how long it will be. */
async function readCounted(request: Request, bytes_max: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    length += read.value.length;
    if (length > bytes_max) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(read.value);
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function tooLarge(): AppError {
  return new AppError('body_too_large', 'The body is too large: at most 1 MiB is read.');
}
