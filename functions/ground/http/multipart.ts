import { decodeField, make, type PartInfo } from 'multipasta';
import { AppError } from '../platform/errors.ts';
import { nextChunk } from './request-body.ts';

/** A file of a form, read as it comes: `chunks` can be gone through once. */
export interface StreamedFile {
  /** The fields that stood before the file in the form. */
  fields: ReadonlyMap<string, string>;
  /** As the browser calls it; empty when none was chosen. */
  fileName: string;
  chunks: AsyncIterable<Uint8Array>;
}

type PartEvent =
  | { kind: 'field'; name: string; value: string }
  | { kind: 'file'; fileName: string }
  | { kind: 'chunk'; bytes: Uint8Array }
  | { kind: 'end' };

/** Fields of a form beside its file. */
const FIELD_BYTES_MAX = 64 * 1024;
const PARTS_MAX = 20;

/**
 * Hands the first file of a multipart form to `take` without ever holding more than a piece of it. What stands behind the
 * file is not read.
 * @throws {AppError} `bad_request` for what is no such form, breaks off, or comes too slowly; whatever `take` throws
 */
export async function streamFile<Taken>(
  request: Request,
  take: (file: StreamedFile) => Promise<Taken>,
): Promise<Taken> {
  const events = eventsOf(request);
  const fields = new Map<string, string>();
  for (;;) {
    const { value: event, done } = await events.next();
    if (done === true) throw unreadable('has no file');
    if (event.kind === 'field') fields.set(event.name, event.value);
    if (event.kind === 'file') {
      const taken = await take({ fields, fileName: event.fileName, chunks: chunksOf(events) });
      await events.return(undefined);
      return taken;
    }
  }
}

async function* chunksOf(events: AsyncGenerator<PartEvent>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { value: event, done } = await events.next();
    if (done === true) throw unreadable('ends within its file');
    if (event.kind === 'end') return;
    if (event.kind === 'chunk') yield event.bytes;
  }
}

/** Asks for the next piece of the body only when all of the last one was taken. */
async function* eventsOf(request: Request): AsyncGenerator<PartEvent> {
  const reader = request.body?.getReader();
  if (reader === undefined) throw unreadable('is empty');
  let events: PartEvent[] = [];
  let problem: string | null = null;
  const parser = make({
    headers: { 'content-type': request.headers.get('Content-Type') ?? '' },
    isFile: ({ filename }: PartInfo) => filename !== undefined,
    maxParts: PARTS_MAX,
    maxFieldSize: FIELD_BYTES_MAX,
    onField: (info, value) => {
      events.push({ kind: 'field', name: info.name, value: decodeField(info, value).trim() });
    },
    onFile: ({ filename = '' }) => {
      events.push({ kind: 'file', fileName: filename });
      return (bytes) => {
        events.push(bytes === null ? { kind: 'end' } : { kind: 'chunk', bytes });
      };
    },
    onError: (error) => {
      problem = error._tag;
    },
    onDone: () => undefined,
  });
  for (;;) {
    const chunk = await nextChunk(reader);
    if (chunk === 'late') throw unreadable('came too slowly');
    if (chunk === null) parser.end();
    else parser.write(chunk);
    const found = events;
    events = [];
    yield* found;
    if (problem !== null) throw unreadable('is not whole');
    if (chunk === null) return;
  }
}

function unreadable(what: string): AppError {
  return new AppError('bad_request', `The form ${what}.`);
}
