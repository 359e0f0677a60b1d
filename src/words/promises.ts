import type { Messages } from '../locale.ts';

/** Of what the share kept of a promise is: of what days and members say themselves, and of what was told. */
export function measureWords(kind: string, t: Messages): string {
  const known: Record<string, () => string> = {
    days: t.keeper_of_days_text,
    drops: t.keeper_text_drops,
    events: t.keeper_text_events,
    rule: t.keeper_text_rule,
    account_manager: t.keeper_text_account_manager,
    waived_minimum: t.keeper_text_waived_minimum,
  };
  return (known[kind] ?? t.keeper_text_other)();
}
