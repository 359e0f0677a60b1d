import type { Brand } from './brand.ts';
import type { MailParams, Template } from './templates.ts';

/** What a link is made from; `token` is that of a secret mail's challenge, empty in others. */
export interface LinkParts {
  publicUrl: string;
  brand: Brand;
  language: string;
  token: string;
}

const signIn = (_params: unknown, { token }: LinkParts) => `/sign-in/link?token=${encodeURIComponent(token)}`;
const order = ({ source, number }: { source: string; number: string }) =>
  `/account/orders/${encodeURIComponent(source)}/${encodeURIComponent(number)}`;

const targets: { [T in Template]: (params: MailParams[T], parts: LinkParts) => string } = {
  sign_in: signIn,
  staff_invitation: signIn,
  email_change: () => '/account/settings',
  email_changed_notice: (_params, { brand }) => `mailto:${brand.contact.email}`,
  order_placed: order,
  order_state: order,
  target_reached: () => '/account/rewards',
  voucher_issued: () => '/account',
};

/** Where a mail's button leads: a page in the reader's language under PUBLIC_URL, or a mail to the business. */
export function linkOf<T extends Template>(template: T, params: MailParams[T], parts: LinkParts): string {
  const target = targets[template](params, parts);
  if (!target.startsWith('/')) return target;
  const prefix = parts.language === parts.brand.languages[0] ? '' : `/${parts.language}`;
  return `${parts.publicUrl}${prefix}${target}`;
}
