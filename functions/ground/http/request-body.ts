import { AppError } from '../platform/errors.ts';
import { type BodyBudget, createBodyBudget } from './body-budget.ts';

export const BODY_BYTES_MAX = 1024 * 1024;
const BODY_MS_MAX = 5 * 60_000;

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

/** A body of at most `bytes_max`, whatever its length was said to be. @throws {AppError} `body_too_large`, `body_too_slow` */
export async function readBytes(request: Request, bytes_max: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get('Content-Length');
  if (announced === null) return readCounted(request, bytes_max);
  if (Number(announced) > bytes_max) throw tooLarge();
  const bytes = new Uint8Array(await inTime(request.arrayBuffer()));
  if (bytes.length > bytes_max) throw tooLarge();
  return bytes;
}

/** Far more than what is allowed to come takes. @throws {AppError} `body_too_slow` */
async function inTime<Body>(body: Promise<Body>): Promise<Body> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const refusal = new AppError('body_too_slow', 'The body came too slowly: at most 5 minutes are waited.');
    timer = setTimeout(() => reject(refusal), BODY_MS_MAX);
  });
  try {
    return await Promise.race([body, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** For a body that comes in chunks and never says how long it will be. */
async function readCounted(request: Request, bytes_max: number): Promise<Uint8Array<ArrayBuffer>> {
  const held = await readHeld(request, { bytes_max, budget: createBodyBudget(bytes_max) });
  if (!held.ok) throw tooLarge();
  return held.bytes;
}

export type HeldBody =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; release: () => void }
  | { ok: false; reason: 'too_large' | 'no_room' | 'too_slow' };

/**
 * A body of at most `bytes_max`, each chunk of which takes its room from a budget as it comes, until `release`. Who sends
 * nothing for a while is not waited for.
 */
export async function readHeld(
  request: Request,
  { bytes_max, budget }: { bytes_max: number; budget: BodyBudget },
): Promise<HeldBody> {
  if (Number(request.headers.get('Content-Length') ?? 0) > bytes_max)
    return { ok: false, reason: 'too_large' };
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const fail = async (reason: 'too_large' | 'no_room' | 'too_slow'): Promise<HeldBody> => {
    budget.give(length);
    chunks.length = 0;
    if (reader !== undefined && reason !== 'too_slow') await dropRest(reader);
    return { ok: false, reason };
  };
  while (reader !== undefined) {
    const chunk = await nextChunk(reader);
    if (chunk === 'late') return fail('too_slow');
    if (chunk === null) break;
    if (length + chunk.length > bytes_max) return fail('too_large');
    if (!budget.take(chunk.length)) return fail('no_room');
    length += chunk.length;
    chunks.push(chunk);
  }
  return { ok: true, bytes: joined(chunks, length), release: () => budget.give(length) };
}

/**
 * Reads what is left of a body and keeps nothing of it. An answer that is given while its request is still being sent is
 * lost on the way: by proxies that see the connection end, and by browsers that still write.
 */
export async function dropBody(request: Request): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.bodyUsed) return;
  const reader = request.body?.getReader();
  if (reader !== undefined) await dropRest(reader);
}

const IDLE_MS_MAX = 15_000;
/** More than any client sends by mistake, and than Workers let in, so that there every refusal arrives. */
const DROPPED_BYTES_MAX = 128 * 1024 * 1024;

export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** The same, of one that is being read. */
export async function dropRest(reader: BodyReader): Promise<void> {
  let dropped = 0;
  try {
    while (dropped < DROPPED_BYTES_MAX) {
      const chunk = await nextChunk(reader);
      if (chunk === null || chunk === 'late') break;
      dropped += chunk.length;
    }
  } catch {
    // Who hangs up needs no answer.
  }
}

/** Null at the end; `late` when nothing came for a while, and then the rest is given up. */
export async function nextChunk(reader: BodyReader): Promise<Uint8Array | null | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), IDLE_MS_MAX);
  });
  try {
    const read = await Promise.race([reader.read(), late]);
    if (read !== 'late') return read.value ?? null;
    void reader.cancel().catch(() => undefined);
    return 'late';
  } finally {
    clearTimeout(timer);
  }
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
