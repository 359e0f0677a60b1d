import type { Hono } from 'hono';
import { type DescribeRouteOptions, generateSpecs, type ResponsesWithResolver, resolver } from 'hono-openapi';
import { z } from 'zod';
import type { Scope } from '../platform/context.ts';
import { type ErrorCode, errorCodes } from '../platform/errors.ts';
import { withExamples } from './answer-examples.ts';
import type { ApiEnv } from './api.ts';
import { problem } from './problem.ts';

/** What a route says about itself, for the document at `/api/v1/openapi.json`. */
export interface Described {
  summary: string;
  tag: keyof typeof tags;
  /** What each status of success means. */
  success: Partial<Record<200 | 201, string>>;
  /** A scope that is needed beside the route's own. */
  alsoNeeds?: Scope;
  /** The refusals that are this route's own. */
  refusals: readonly ErrorCode[];
  /** A body that is accepted. */
  example?: unknown;
}

interface Route extends Described {
  scope: Scope;
  /** What it answers: JSON of a schema, or a file in one of several media types. */
  answer: z.ZodType | readonly string[];
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The media types of the file that it takes as its body. */
  file?: readonly string[];
}

/** What the operations are about. */
const tags = {
  Orders: 'Purchases, identified by `source` and `number`: recording, states, refunds.',
  Papers: 'Invoices and credit notes: issued, listed, as files, told by mail.',
  Customers: 'People and the accounts they buy for: balances, ledgers, who belongs to what, who may join.',
  Redemptions: 'Spending the balance: at the till, as a voucher, a donation or a payout.',
  Programme: 'What the business promises, and what another promise would have cost.',
  Referrals: 'Who was recommended by whom.',
  Contacts: 'Calls, meetings, visits, letters and messages with customers.',
  Campaigns: 'One message to many: as a draft, sent, stopped, and what it did.',
  Advice: 'Articles on how to choose, use and look after what is sold.',
  Standards:
    'How soon who waits is answered, what is done step by step, what the team would do better, and the guide it reads.',
  Segments: 'Kept questions about accounts, and who fits them.',
  Feedback: 'What customers tell, the answers to it, and surveys.',
  Club: 'Members of the club and what is set aside for them.',
  Privacy: 'Who was erased, and who looked at whose data.',
  Archive: 'Everything the business has, to take home, and into an empty portal.',
  Backups: 'Backups of the portal: which there are, and having one made.',
  Locations: 'Where customers find the business, and when it is open.',
  Hits: 'How often pages of the portal are read.',
  Imports: 'Files of orders, customers and feedback: sent, tried, brought in, undone.',
  Texts: 'What pages and mail say, in the words of the business.',
} as const;

const whenReading: readonly ErrorCode[] = [
  'unauthenticated',
  'scope_missing',
  'too_many_requests',
  'unavailable',
  'internal',
];
const whenWriting: readonly ErrorCode[] = [
  ...whenReading,
  'malformed_json',
  'idempotency_key_missing',
  'idempotency_key_invalid',
  'body_too_large',
  'body_too_slow',
  'unsupported_media_type',
  'validation_failed',
  'idempotency_key_reused',
];

/** The description of one route, made from the schemas that it runs on. */
export function specOf(route: Route): DescribeRouteOptions {
  return {
    summary: route.summary,
    description: neededScopes(route),
    tags: [route.tag],
    security: [{ apiKey: [] }],
    parameters: [
      ...parametersOf('path', route.params),
      ...parametersOf('query', route.query),
      ...(isWriting(route) ? [idempotencyKey] : []),
    ],
    ...(isWriting(route) ? { requestBody: requestBody(route) } : {}),
    responses: { ...successes(route), ...problems(route) },
  };
}

function neededScopes({ scope, alsoNeeds }: Route): string {
  if (alsoNeeds === undefined) return `Needs the scope \`${scope}\`.`;
  return `Needs the scope \`${scope}\` and the scope \`${alsoNeeds}\`.`;
}

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description:
    'Your own name for this request. Sent again, the same request gets the same answer and works once.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
};

/** What a path or a query takes, from the schema it is read by. */
function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined) {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    if (!(field instanceof z.ZodType)) return [];
    const { description, examples, ...rest } = textSchema(field);
    return [
      {
        in: place,
        name,
        required: place === 'path' || !field.safeParse(undefined).success,
        description: typeof description === 'string' ? description : undefined,
        schema: rest,
        ...(Array.isArray(examples) ? { example: examples[0] } : {}),
      },
    ];
  });
}

/** How a field is written in an address: always as text, with its choices and bounds. */
function textSchema(field: z.ZodType): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  return { type: 'string', ...schema };
}

const isWriting = ({ body, file }: Route) => body !== undefined || file !== undefined;

function requestBody({ body, file = [], example }: Route): NonNullable<DescribeRouteOptions['requestBody']> {
  if (body !== undefined)
    return { required: true, content: { 'application/json': { schema: resolver(body), example } } };
  const schema = { type: 'string' as const };
  return {
    required: true,
    content: Object.fromEntries(
      file.map((mediaType) => [
        mediaType,
        mediaType.startsWith('text/') ? { schema, example } : { schema: { ...schema, format: 'binary' } },
      ]),
    ),
  };
}

function successes({ success, answer }: Route): ResponsesWithResolver {
  const content = isFile(answer)
    ? Object.fromEntries(answer.map((mediaType) => [mediaType, { schema: { type: 'string' as const } }]))
    : { 'application/json': { schema: resolver(answer, { options: { io: 'output' } }) } };
  return Object.fromEntries(
    Object.entries(success).map(([status, description]) => [status, { description, content }]),
  );
}

const isFile = (answer: Route['answer']): answer is readonly string[] => Array.isArray(answer);

function problems(route: Route): ResponsesWithResolver {
  const common = isWriting(route) ? whenWriting : whenReading;
  const codes = [...new Set([...common, ...route.refusals])]
    .filter((code) => code !== 'malformed_json' || route.file === undefined)
    .sort();
  const statuses = [...new Set(codes.map((code) => errorCodes[code]))].sort((left, right) => left - right);
  const schema = resolver(problem, { options: { io: 'output' } });
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes.filter((code) => errorCodes[code] === status).join(', '),
        content: { 'application/problem+json': { schema } },
        ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
      },
    ]),
  );
}

const retryAfter = {
  'Retry-After': {
    description: 'Seconds to wait before the request is sent again.',
    schema: { type: 'integer' as const, minimum: 1 },
  },
};

export type Document = Awaited<ReturnType<typeof generateSpecs>>;

/** The OpenAPI 3.1 document of an app, from what its routes say about themselves. */
export async function documentOf(app: Hono<ApiEnv>): Promise<Document> {
  const document = await generateSpecs(app, {
    documentation: {
      info: {
        title: 'Regulars',
        version: 'v1',
        description: introduction,
        contact: { name: 'The business that runs this portal' },
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This portal' }],
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
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
  return withExamples(document);
}

const introduction =
  'Money is a whole number of minor units with its currency. Times are RFC 3339 with an offset. Unknown keys are ' +
  'refused. Every POST but of a file needs an `Idempotency-Key`. Errors are problem details with a `code`; 429 and 503 say when ' +
  'to try again.';
