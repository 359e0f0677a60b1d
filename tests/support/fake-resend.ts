import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { ReceivedMails } from './received-mails.ts';

const KEY_MS = 24 * 3_600_000;

/** How the fake treats one request: answers, refuses, takes the mail but loses its answer, or never answers. */
export type Behaviour =
  | { kind: 'accept' }
  | { kind: 'refuse'; status: number; name: string; retry_after_s?: number }
  | { kind: 'accept_and_break' }
  | { kind: 'break' }
  | { kind: 'stall' }
  /** Takes nothing, and answers with something that is none of the API's. */
  | { kind: 'garble'; status: number; text: string }
  /** Takes the mail, and answers when the test says so. */
  | { kind: 'accept_and_hold'; until: Promise<void> };

export interface FakeResend {
  baseUrl: string;
  /** Mails taken: once per idempotency key within 24 hours, then the key is forgotten, as the real service does. */
  accepted: { key: string; body: Record<string, unknown>; at: number }[];
  requests: { key: string; body: string; at: number }[];
  /** Behaviours of the next requests; after them everything is accepted. */
  plan: Behaviour[];
  /** What came in for the business. */
  received: ReceivedMails;
}

/** The part of Resend's HTTP API that we use, on 127.0.0.1, until the test is over. */
export async function startFakeResend(now: () => number = Date.now): Promise<FakeResend> {
  const { fake, close } = await openFakeResend(now);
  onTestFinished(close);
  return fake;
}

/** As {@link startFakeResend}, until it is closed. */
export async function openFakeResend(
  now: () => number = Date.now,
): Promise<{ fake: FakeResend; close: () => void }> {
  const fake: FakeResend = {
    baseUrl: '',
    accepted: [],
    requests: [],
    plan: [],
    received: new ReceivedMails(),
  };
  const bodies = new Map<string, { body: string; at: number }>();
  const inFlight = new Set<string>();
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && fake.received.answer(request, response, fake.baseUrl)) return;
    const body = await textOf(request);
    const key = String(request.headers['idempotency-key']);
    fake.requests.push({ key, body, at: now() });
    const behaviour = fake.plan.shift() ?? { kind: 'accept' };
    if (request.url !== '/emails' || request.method !== 'POST')
      return answer(response, 404, { name: 'not_found' });
    if (behaviour.kind === 'break') return void request.socket.destroy();
    if (behaviour.kind === 'stall') return;
    if (behaviour.kind === 'garble') return void response.writeHead(behaviour.status).end(behaviour.text);
    if (behaviour.kind === 'refuse') return refuse(response, behaviour);
    if (inFlight.has(key))
      return answer(response, 409, { name: 'concurrent_idempotent_requests', statusCode: 409 });
    const kept = bodies.get(key);
    const known = kept === undefined || now() - kept.at >= KEY_MS ? undefined : kept.body;
    if (known !== undefined && known !== body) {
      return answer(response, 409, {
        name: 'invalid_idempotent_request',
        statusCode: 409,
        message: 'other body',
      });
    }
    if (known === undefined) fake.accepted.push({ key, body: JSON.parse(body), at: now() });
    if (known === undefined) bodies.set(key, { body, at: now() });
    if (behaviour.kind === 'accept_and_hold') {
      inFlight.add(key);
      await behaviour.until;
      inFlight.delete(key);
    }
    if (behaviour.kind === 'accept_and_break') return void request.socket.destroy();
    answer(response, 200, { id: `sent-${key}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.baseUrl = `http://127.0.0.1:${portOf(server.address())}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { fake, close };
}

function refuse(response: ServerResponse, refusal: Extract<Behaviour, { kind: 'refuse' }>): void {
  const { status, name, retry_after_s } = refusal;
  if (retry_after_s !== undefined) response.setHeader('retry-after', String(retry_after_s));
  answer(response, status, { statusCode: status, name, message: 'refused' });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
