import { desc } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { outbox } from '../../db/schema/index.ts';
import { type Config, isLoopback } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type Brand, portalBrand } from './brand.ts';
import { type Composed, composeMail } from './compose-mail.ts';

export interface MailboxItem extends Composed {
  id: string;
  template: string;
  at: number;
}

const listNewest = query((db) =>
  db.select().from(outbox).orderBy(desc(outbox.createdAt), desc(outbox.id)).limit(30),
);

/**
 * The newest mails of a deployment that sends none, with their codes and links.
 * @throws {AppError} `not_found` unless mail goes to the mailbox page
 */
export async function listMailbox(ctx: Context, brand: Brand = portalBrand): Promise<MailboxItem[]> {
  if (ctx.config.mail.kind !== 'mailbox') throw new AppError('not_found', 'There is no mailbox here.');
  const rows = await listNewest(ctx.db);
  const composed = await Promise.all(rows.map((row) => composeMail(ctx, brand, row)));
  return composed.flatMap((mail, index) => {
    const row = rows[index];
    return mail === null || row === undefined
      ? []
      : [{ ...mail, id: row.id, template: row.template, at: row.createdAt }];
  });
}

/** What proxies add, tunnels and load balancers included. */
const forwardingHeaders =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-(ip|port)|x-(original|cluster|proxy|envoy|amzn|arr|azure|ngrok)-.*|cf-.*|cdn-loop|fastly-.*|fly-.*|true-client-ip|x-client-ip|client-ip|x-host|x-scheme|proxy-.*|tailscale-.*)$/;

/**
 * Whether a request may see the mailbox: asked of this machine by this machine, through nobody else. A proxy is known by
 * the headers it adds, by a host or port that are not ours, and by HTTP/1.0, which proxies speak and browsers do not.
 */
export function isMailboxRequest(request: Request, config: Config, httpVersion = '1.1'): boolean {
  if (config.mail.kind !== 'mailbox' || httpVersion === '1.0') return false;
  if ([...request.headers.keys()].some((name) => forwardingHeaders.test(name))) return false;
  const ports = [String(config.port), portOf(new URL(config.publicUrl))];
  const hosts = [request.headers.get('Host'), new URL(request.url).host].filter((host) => host !== null);
  return hosts.every((host) => {
    if (!URL.canParse(`http://${host}`)) return false;
    const url = new URL(`http://${host}`);
    return isLoopback(url.hostname) && ports.includes(portOf(url));
  });
}

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80');
