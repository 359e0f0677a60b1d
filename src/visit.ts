import { type Business, getBusiness } from '../functions/business/business.ts';
import { type Features, featuresOf } from '../functions/business/features.ts';
import { offeredLanguages } from '../functions/business/languages.ts';
import { policyOf } from '../functions/business/policies.ts';
import type { AppDeps, WaitUntil } from '../functions/http/api.ts';
import { type Connection, clientAddress } from '../functions/http/client-address.ts';
import { readCookies } from '../functions/http/cookies.ts';
import { isMailboxRequest, listMailbox, type MailboxItem } from '../functions/mail/mailbox.ts';
import type { Actor, Context, Role } from '../functions/platform/context.ts';
import { newCode } from '../functions/platform/ids.ts';
import { findSession, type Session } from '../functions/sign-in/find-session.ts';
import type { Languages } from './languages.ts';
import { consoleOperations } from './operations/console.ts';
import { portalOperations } from './operations/portal.ts';
import { Rooms } from './operations/rooms.ts';
import { signInOperations } from './operations/sign-in.ts';
import type { ConsoleOperations, Operations } from './operations/types.ts';

/** A signed-in customer as pages need them. */
export interface SignedIn {
  id: string;
  email: string;
  name: string | null;
  language: string | null;
  /** How much was written to them since they looked last. */
  unread: number;
}

/** Who of the business is signed in, and what they may read. */
export interface StaffVisit extends ConsoleOperations {
  email: string;
  role: Role;
  hasFactor: boolean;
}

/** One request to a page: who asks, and what they may ask for. */
export interface Visit {
  operations: Operations;
  rooms: Rooms;
  customer: SignedIn | null;
  /** Whose email is proven, and who has not joined. */
  joining: { email: string } | null;
  /** Null unless somebody who works for the business is signed in, as fully as the business asks for. */
  staff: StaffVisit | null;
  /** Who of the business has proven their mail and has yet to prove or set up a second factor. */
  entrant: { email: string; hasFactor: boolean } | null;
  /** Null unless mail stays on this machine and the request comes from it. */
  listMailbox: (() => Promise<MailboxItem[]>) | null;
  /** The business's time zone, in which every date is shown. */
  timeZone: string;
  /** The languages that the business offers. */
  languages: Languages;
  /** What the business has set up: pages promise nothing else. */
  features: Features;
  /** When somebody is there, as the policy of that name says it. */
  businessHours: string;
  /** Logs an unexpected error and returns the id that the page shows instead. */
  report: (error: unknown) => string;
}

export interface Visitor {
  request: Request;
  connection: Connection;
  waitUntil: WaitUntil;
}

/** Opens a visit: one store, one read of the session beside one of the business. */
export async function openVisit(deps: AppDeps, { request, connection, waitUntil }: Visitor): Promise<Visit> {
  const { runtime } = deps;
  const db = deps.openStore();
  const sent = readCookies(request, runtime.config);
  const [session, business] = await Promise.all([
    sent.session === null ? null : findSession({ ...runtime, db }, sent.session),
    getBusiness({ ...runtime, db }),
  ]);
  const customer = customerOf(session);
  const member = session?.kind === 'staff' ? session.staff : null;
  const isWhole = member !== null && isWholeSession(member, business);
  const httpVersion = connection.platform === 'node' ? connection.httpVersion : undefined;
  const ctx: Context = {
    ...runtime,
    db,
    actor: member !== null && !isWhole ? { kind: 'anonymous' } : actorOf(session),
    wakeMail: (urgency) => deps.wakeMail?.(urgency, waitUntil),
  };
  const asker = {
    clientAddress: clientAddress(request, connection),
    userAgent: request.headers.get('User-Agent') ?? '',
    browserToken: isBrowserToken(sent.browser) ? sent.browser : null,
    sessionToken: sent.session,
    knownToken: isBrowserToken(sent.known) ? sent.known : null,
    writerToken: isBrowserToken(sent.writer) ? sent.writer : null,
    deviceToken: isBrowserToken(sent.device) ? sent.device : null,
    linkToken: isLinkToken(sent.link) ? sent.link : null,
    joining: session?.kind === 'joining' ? session.joining : null,
    customerId: customer?.id ?? '',
    member,
  };
  return {
    operations: { ...signInOperations(ctx, asker), ...portalOperations(ctx) },
    rooms: new Rooms(ctx, asker),
    customer,
    joining: asker.joining,
    staff: isWhole ? { ...member, ...consoleOperations(ctx) } : null,
    entrant: isWhole ? null : member,
    listMailbox: isMailboxRequest(request, runtime.config, httpVersion) ? () => listMailbox(ctx) : null,
    timeZone: business.timeZone,
    languages: offeredLanguages(business),
    features: featuresOf(business),
    businessHours: policyOf(business, 'businessHours'),
    report: (error) => report(ctx, error),
  };
}

/** Who has a second factor has to prove it; whether the others need one is for the business to say. */
function isWholeSession(
  { hasFactor, isProven }: { hasFactor: boolean; isProven: boolean },
  business: Business,
) {
  return isProven || (!hasFactor && policyOf(business, 'staffFactor') === 'optional');
}

const customerOf = (session: Session | null) => (session?.kind === 'customer' ? session.customer : null);

function actorOf(session: Session | null): Actor {
  if (session === null || session.kind === 'joining') return { kind: 'anonymous' };
  if (session.kind === 'customer') return { kind: 'customer', id: session.customer.id };
  return { kind: 'staff', id: session.staff.id, role: session.staff.role };
}

/** The message of a database error repeats what was bound to it, so only its kind and place are logged. */
function report({ log }: Context, error: unknown): string {
  const id = newCode(2);
  const name = error instanceof Error ? error.name : typeof error;
  const place =
    error instanceof Error ? error.stack?.split('\n').find((line) => line.startsWith('    at')) : null;
  log.error('A page failed: {id} {name} {place}', { id, name, place: place?.trim() ?? null });
  return id;
}

function isLinkToken(text: string | null): text is string {
  return text !== null && text !== '';
}

/** A cookie of another program on the same host counts as none. */
function isBrowserToken(text: string | null): text is string {
  return text !== null && /^[\w-]{16,200}$/.test(text);
}
