import { createHash } from 'node:crypto';
import type { Handler } from 'hono';
import { uniqueSymbol } from 'hono-openapi';
import type { z } from 'zod';
import type { Alongside } from '../platform/alongside.ts';
import type { Scope } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { parseInput } from '../platform/parse-input.ts';
import type { ApiContext, ApiEnv } from './api.ts';
import { authenticate, type KeyContext } from './authenticate.ts';
import { answered } from './endpoint.ts';
import {
  type AnsweredRequest,
  answerOnce,
  idempotencyKeyOf,
  isKeyTaken,
  keptAsItIs,
  requestHash,
} from './idempotency.ts';
import { type Described, specOf } from './openapi.ts';
import { dropRest, nextChunk } from './request-body.ts';

interface Uploading<Query extends z.ZodType, Answer extends z.ZodType> extends Described {
  scope: Scope;
  query: Query;
  /** The media types of the files it takes in. */
  mediaTypes: readonly string[];
  answer: Answer;
  run: (
    ctx: KeyContext,
    told: {
      query: z.output<Query>;
      chunks: AsyncIterable<Uint8Array>;
      options: Required<Alongside<z.output<Answer>>>;
    },
  ) => Promise<AnsweredRequest<z.output<Answer>>>;
}

/**
 * A POST of the API whose body is a file, taken in as it comes, whatever its size: key and scope, idempotency key, query by
 * its schema, then one operation, once. Sent again under its key, the file is read once more and kept no second time.
 */
export function uploading<Query extends z.ZodType, Answer extends z.ZodType>(
  route: Uploading<Query, Answer>,
): Handler<ApiEnv> {
  const handler = async (c: ApiContext) => {
    const ctx = await authenticate(c, route.scope);
    assertFile(c.req.raw.headers, route.mediaTypes);
    const bytes = Number(c.req.header('Content-Length') ?? 0);
    if (bytes > (ctx.largeFiles?.archiveBytes_max ?? bytes))
      throw new AppError('body_too_large', 'The file is too large.');
    const key = idempotencyKeyOf(c.req.header('Idempotency-Key'));
    const query = parseInput(route.query, c.req.query());
    const file = fileOf(c.req.raw);
    const request = {
      key,
      get hash() {
        return requestHash({ method: c.req.method, path: c.req.path, body: [query, file.hash()] });
      },
    };
    const run = async (options: Required<Alongside<z.output<Answer>>>) => {
      if (!(await isKeyTaken(ctx, key))) return route.run(ctx, { query, chunks: file.chunks, options });
      for await (const _chunk of file.chunks);
      throw new AppError('idempotency_key_reused', 'This Idempotency-Key came before.');
    };
    try {
      const { text, status, isReplay } = await answerOnce(ctx, request, { run, kept: keptAsItIs });
      return answered(text, status, isReplay);
    } catch (error) {
      await file.drop();
      throw error;
    }
  };
  return Object.assign(handler, { [uniqueSymbol]: { spec: specOf({ ...route, file: route.mediaTypes }) } });
}

/** @throws {AppError} `unsupported_media_type` */
function assertFile(headers: Headers, mediaTypes: readonly string[]): void {
  const [mediaType = ''] = (headers.get('Content-Type') ?? '').split(';');
  const coding = headers.get('Content-Encoding');
  const isKnown = mediaTypes.includes(mediaType.trim().toLowerCase());
  if (isKnown && (coding === null || coding === 'identity')) return;
  throw new AppError(
    'unsupported_media_type',
    `Send the file itself as the body, uncompressed, with a Content-Type of ${mediaTypes.join(', ')}.`,
  );
}

/** The body in pieces, of which a hash is made on their way; it can be gone through once. */
function fileOf(request: Request) {
  const reader = request.body?.getReader();
  const hash = createHash('sha256');
  let digest: string | null = null;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = reader === undefined ? null : await nextChunk(reader);
      if (chunk === 'late') throw new AppError('body_too_slow', 'The body came too slowly.');
      if (chunk === null) return;
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    chunks: chunks(),
    hash: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
    drop: async () => {
      if (reader !== undefined) await dropRest(reader);
    },
  };
}
