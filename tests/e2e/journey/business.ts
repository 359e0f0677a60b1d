import { randomUUID } from 'node:crypto';
import { regulars } from '../../support/cli.ts';
import { setProgrammeFile } from '../../support/programmes.ts';

export const timeZone = 'Europe/Kyiv';
export const currency = 'EUR';

/** A mail as its reader gets it. */
export interface Mail {
  subject: string;
  text: string;
  links: string[];
}

/** A deployment as its business has it: the portal, the command line, the shop that tells of orders, the mail. */
export interface Business {
  origin: string;
  regulars: (...words: string[]) => Promise<string>;
  /** Tells the API something, as the shop does; its answer. */
  tell: (path: string, body: object) => Promise<Record<string, unknown>>;
  /** What a deployment does by itself each minute. */
  runJobs: () => Promise<void>;
  /** Everything sent to an address, the newest first. */
  mailsTo: (email: string) => Promise<Mail[]>;
}

/** Sets what the business of the journeys promises: money back at once, and something for who recommends it. */
export async function openBusiness(settings: Record<string, string>, folder: string): Promise<void> {
  await regulars(settings, 'migrate');
  await setProgrammeFile(settings, folder, programme);
  for (const name of ['referral', 'club', 'voices']) await regulars(settings, 'settings', 'set', name, 'on');
}

/** The shop's way to the API of a portal. */
export async function shopOf(origin: string, settings: Record<string, string>): Promise<Business['tell']> {
  const scopes = ['orders:write', 'customers:write', 'redemptions:write'];
  const words = scopes.flatMap((scope) => ['--scope', scope]);
  const key = (await regulars(settings, 'keys', 'add', 'shop', ...words)).trim();
  return async (path, body) => {
    const headers = {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    };
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

const programme = {
  currency,
  timeZone,
  debt: 'carry',
  rules: [
    {
      id: 'money-back',
      name: '5 back for every 100',
      scheme: 'every',
      spend: '100.00',
      back: '5.00',
      period: 'lifetime',
      from: '2025-01-01',
    },
  ],
};

/** Every address in a text, without what ends the sentence around it. */
export function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s"'<>]+/g) ?? [];
  return [...new Set(found.map((link) => link.replaceAll('&amp;', '&').replace(/[.,;:)]+$/, '')))];
}
