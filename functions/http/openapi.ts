import type { Hono } from 'hono';
import { type DescribeRouteOptions, generateSpecs, type ResponsesWithResolver, resolver } from 'hono-openapi';
import { z } from 'zod';
import type { Scope } from '../platform/context.ts';
import { type ErrorCode, errorCodes } from '../platform/errors.ts';
import type { ApiEnv } from './api.ts';
import { problem } from './problem.ts';

/** What a route says about itself, for the document at `/api/v1/openapi.json`. */
export interface Described {
  summary: string;
  tag: 'Orders' | 'Customers' | 'Redemptions' | 'Referrals' | 'Feedback' | 'Club';
  /** What each status of success means. */
  success: Partial<Record<200 | 201, string>>;
  /** The refusals that are this route's own. */
  refusals: readonly ErrorCode[];
  /** A body that is accepted. */
  example?: unknown;
}

interface Route extends Described {
  scope: Scope;
  answer: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
}

const whenReading: readonly ErrorCode[] = ['unauthenticated', 'scope_missing', 'unavailable', 'internal'];
const whenWriting: readonly ErrorCode[] = [
  ...whenReading,
  'malformed_json',
  'idempotency_key_missing',
  'idempotency_key_invalid',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
  'idempotency_key_reused',
];

/** The description of one route, made from the schemas that it runs on. */
export function specOf(route: Route): DescribeRouteOptions {
  return {
    summary: route.summary,
    description: `Needs the scope \`${route.scope}\`.`,
    tags: [route.tag],
    security: [{ apiKey: [] }],
    parameters: [...queryParameters(route.query), ...(route.body === undefined ? [] : [idempotencyKey])],
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body, route.example) }),
    responses: { ...successes(route), ...problems(route) },
  };
}

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description:
    'Your own name for this request. Sent again, the same request gets the same answer and works once.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
};

function queryParameters(query: z.ZodType | undefined) {
  if (!(query instanceof z.ZodObject)) return [];
  return Object.entries(query.shape).map(([name, schema]) => ({
    in: 'query',
    name,
    required: schema instanceof z.ZodType && !schema.safeParse(undefined).success,
    schema: { type: 'string' as const },
  }));
}

function requestBody(body: z.ZodType, example: unknown): NonNullable<DescribeRouteOptions['requestBody']> {
  return { required: true, content: { 'application/json': { schema: resolver(body), example } } };
}

function successes({ success, answer }: Route): ResponsesWithResolver {
  const schema = resolver(answer, { options: { io: 'output' } });
  return Object.fromEntries(
    Object.entries(success).map(([status, description]) => [
      status,
      { description, content: { 'application/json': { schema } } },
    ]),
  );
}

function problems(route: Route): ResponsesWithResolver {
  const common = route.body === undefined ? whenReading : whenWriting;
  const codes = [...new Set([...common, ...route.refusals])].sort();
  const statuses = [...new Set(codes.map((code) => errorCodes[code]))].sort((left, right) => left - right);
  const schema = resolver(problem, { options: { io: 'output' } });
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes.filter((code) => errorCodes[code] === status).join(', '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
}

export type Document = Awaited<ReturnType<typeof generateSpecs>>;

/** The OpenAPI 3.1 document of an app, from what its routes say about themselves. */
export async function documentOf(app: Hono<ApiEnv>): Promise<Document> {
  return generateSpecs(app, {
    documentation: {
      info: { title: 'Regulars', version: 'v1', description: introduction },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'A key made with `keys add`, with its scopes.',
          },
        },
      },
    },
  });
}

const introduction =
  'Money is a whole number of minor units with its currency. Times are RFC 3339 with an offset. Unknown keys are ' +
  'refused. Every POST needs an `Idempotency-Key`. Errors are problem details with a `code`; 429 and 503 say when ' +
  'to try again.';
