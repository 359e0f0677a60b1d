import type { MadeKey } from '../../functions/desk/console/list-made-keys.ts';
import type { Scope } from '../../functions/ground/platform/context.ts';
import type { Messages } from '../locale.ts';

const words: Record<Scope, (t: Messages) => string> = {
  'orders:read': (t) => t.keys_orders_read(),
  'orders:write': (t) => t.keys_orders_write(),
  'customers:read': (t) => t.keys_customers_read(),
  'customers:write': (t) => t.keys_customers_write(),
  'redemptions:read': (t) => t.keys_redemptions_read(),
  'redemptions:write': (t) => t.keys_redemptions_write(),
  'feedback:read': (t) => t.keys_feedback_read(),
  'feedback:write': (t) => t.keys_feedback_write(),
  'programme:read': (t) => t.keys_programme_read(),
  'archive:read': (t) => t.keys_archive_read(),
  'archive:write': (t) => t.keys_archive_write(),
  'backups:read': (t) => t.keys_backups_read(),
  'backups:write': (t) => t.keys_backups_write(),
  'texts:read': (t) => t.keys_texts_read(),
  'texts:write': (t) => t.keys_texts_write(),
  'imports:read': (t) => t.keys_imports_read(),
  'imports:write': (t) => t.keys_imports_write(),
  'segments:read': (t) => t.keys_segments_read(),
  'segments:write': (t) => t.keys_segments_write(),
  'contacts:read': (t) => t.keys_contacts_read(),
  'contacts:write': (t) => t.keys_contacts_write(),
  'settings:read': (t) => t.keys_settings_read(),
  'settings:write': (t) => t.keys_settings_write(),
  'campaigns:read': (t) => t.keys_campaigns_read(),
  'campaigns:write': (t) => t.keys_campaigns_write(),
  'advice:read': (t) => t.keys_advice_read(),
  'advice:write': (t) => t.keys_advice_write(),
  'privacy:read': (t) => t.keys_privacy_read(),
  'privacy:write': (t) => t.keys_privacy_write(),
};

/** What a scope lets a program do. */
export const scopeWords = (t: Messages, scope: Scope): string => words[scope](t);

/** Whether a program can still use a key. */
export function keyState({ revokedAt, expiresAt }: MadeKey, now: number): 'ended' | 'over' | 'works' {
  if (revokedAt !== null) return 'ended';
  return expiresAt !== null && expiresAt <= now ? 'over' : 'works';
}
