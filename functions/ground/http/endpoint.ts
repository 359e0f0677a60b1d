import type { Handler } from 'hono';
import { uniqueSymbol } from 'hono-openapi';
import { z } from 'zod';
import type { FileHead } from '../formats/file-head.ts';
import type { Alongside } from '../platform/alongside.ts';
import type { Scope } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { parseInput } from '../platform/parse-input.ts';
import type { ApiContext, ApiEnv } from './api.ts';
import { authenticate, type KeyContext } from './authenticate.ts';
import { apiHeaders } from './headers.ts';
import {
  type AnsweredRequest,
  answerOnce,
  idempotencyKeyOf,
  type Kept,
  keptAsItIs,
  requestHash,
} from './idempotency.ts';
import { type Described, specOf } from './openapi.ts';
import { readJson } from './request-body.ts';

export const nothing = z.strictObject({});

interface Reading<Params extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>
  extends Described {
  scope: Scope;
  params: Params;
  query: Query;
  answer: Answer;
  run: (
    ctx: KeyContext,
    asked: { params: z.output<Params>; query: z.output<Query> },
  ) => Promise<z.output<Answer>>;
}

/** A GET of the API: key and scope, then path and query by their schemas, then one operation. */
export function reading<Params extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>(
  route: Reading<Params, Query, Answer>,
): Handler<ApiEnv> {
  const handler = async (c: ApiContext) => {
    const ctx = await authenticate(c, route.scope);
    const params = parsePath(route.params, c);
    const query = parseInput(route.query, c.req.query());
    return answered(JSON.stringify(await route.run(ctx, { params, query })), 200);
  };
  return Object.assign(handler, { [uniqueSymbol]: { spec: specOf(route) } });
}

interface Downloading<Query extends z.ZodType, Params extends z.ZodType> extends Described {
  scope: Scope;
  params: Params;
  /** The media types of the files it may answer. */
  mediaTypes: readonly string[];
  query: Query;
  /** Refuses what `run` refuses, and makes nothing. */
  head: (ctx: KeyContext, asked: { params: z.output<Params>; query: z.output<Query> }) => Promise<FileHead>;
  run: (
    ctx: KeyContext,
    asked: { params: z.output<Params>; query: z.output<Query> },
  ) => Promise<FileHead & { body: ReadableStream<Uint8Array> }>;
}

/**
 * A GET whose answer is a file, streamed. A HEAD is answered as that would be, and nothing is made for it: what would be made
 * holds the database for whoever fetches it.
 */
export function downloading<Query extends z.ZodType, Params extends z.ZodType>(
  route: Downloading<Query, Params>,
): Handler<ApiEnv> {
  const handler = async (c: ApiContext) => {
    const ctx = await authenticate(c, route.scope);
    const params = parsePath(route.params, c);
    const query = parseInput(route.query, c.req.query());
    if (c.req.method === 'HEAD') return fileAnswer(null, await route.head(ctx, { params, query }));
    const { body, ...head } = await route.run(ctx, { params, query });
    return fileAnswer(body, head);
  };
  return Object.assign(handler, { [uniqueSymbol]: { spec: specOf({ ...route, answer: route.mediaTypes }) } });
}

function fileAnswer(body: ReadableStream<Uint8Array> | null, { mediaType, fileName }: FileHead): Response {
  const disposition = `attachment; filename="${fileName}"`;
  return new Response(body, {
    headers: { ...apiHeaders, 'Content-Type': mediaType, 'Content-Disposition': disposition },
  });
}

interface Writing<Params extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>
  extends Described {
  scope: Scope;
  params: Params;
  body: Body;
  answer: Answer;
  /** How the answer is kept for replays when it holds personal data. */
  kept?: Kept<z.output<Answer>>;
  run: (
    ctx: KeyContext,
    told: { params: z.output<Params>; body: z.output<Body>; options: Required<Alongside<z.output<Answer>>> },
  ) => Promise<AnsweredRequest<z.output<Answer>>>;
}

/** A POST of the API: key and scope, idempotency key, body by its schema, then one operation, once. */
export function writing<Params extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  route: Writing<Params, Body, Answer>,
): Handler<ApiEnv> {
  const kept: Kept<z.output<Answer>> = route.kept ?? keptAsItIs;
  const handler = async (c: ApiContext) => {
    const ctx = await authenticate(c, route.scope);
    const told = await readJson(c.req.raw);
    const key = idempotencyKeyOf(c.req.header('Idempotency-Key'));
    const params = parsePath(route.params, c);
    const body = parseInput(route.body, told);
    const hash = requestHash({ method: c.req.method, path: c.req.path, body: told });
    const run = (options: Required<Alongside<z.output<Answer>>>) => route.run(ctx, { params, body, options });
    const { text, status, isReplay } = await answerOnce(ctx, { key, hash }, { run, kept });
    return answered(text, status, isReplay);
  };
  return Object.assign(handler, { [uniqueSymbol]: { spec: specOf(route) } });
}

/** A path that cannot name anything is as unknown as one that does not. */
function parsePath<Params extends z.ZodType>(schema: Params, c: ApiContext): z.output<Params> {
  const parsed = schema.safeParse(c.req.param());
  if (!parsed.success) throw new AppError('not_found', 'There is nothing at this address.');
  return parsed.data;
}

const headers = { ...apiHeaders, 'Content-Type': 'application/json' };
const replayHeaders = { ...headers, 'Idempotency-Replayed': 'true' };

/** What a program is sent. */
export function answered(text: string, status: number, isReplay = false): Response {
  return new Response(text, { status, headers: isReplay ? replayHeaders : headers });
}
