import type { About } from './fill-words.ts';

/** Every way an operation can refuse, with the HTTP status it answers. */
export const errorCodes = {
  malformed_json: 400,
  idempotency_key_missing: 400,
  idempotency_key_invalid: 400,
  bad_request: 400,
  unauthenticated: 401,
  scope_missing: 403,
  forbidden: 403,
  proof_needed: 403,
  sign_in_again: 403,
  not_found: 404,
  method_not_allowed: 405,
  order_contradicts: 409,
  order_of_another_account: 409,
  refund_exceeds_line: 409,
  invoices_off: 409,
  invoice_not_yet: 409,
  order_cancelled: 409,
  account_required: 409,
  insufficient_balance: 409,
  account_in_doubt: 409,
  credit_to_oneself: 409,
  sum_too_large: 409,
  already_reversed: 409,
  payout_moved: 409,
  order_returned: 409,
  voucher_used: 409,
  voucher_expired: 409,
  voucher_cancelled: 409,
  case_not_movable: 409,
  return_not_movable: 409,
  currency_not_set: 409,
  database_not_empty: 409,
  programme_conflict: 409,
  programme_settling: 409,
  setting_is_fixed: 409,
  own_field_in_use: 409,
  own_field_asked: 409,
  segment_in_use: 409,
  rehearsal_too_long: 409,
  import_not_undoable: 409,
  import_run_moved: 409,
  merge_not_undoable: 409,
  challenge_expired: 409,
  email_taken: 409,
  factor_exists: 409,
  passkey_refused: 409,
  last_factor: 409,
  owner_protected: 409,
  terms_changed: 409,
  already_member: 409,
  invitation_over: 409,
  survey_not_open: 409,
  survey_resting: 409,
  survey_finished: 409,
  testimonial_withdrawn: 409,
  referral_off: 409,
  referral_own_code: 409,
  already_referred: 409,
  referral_not_held: 409,
  already_decided: 409,
  already_appealed: 409,
  club_member_already: 409,
  club_not_a_member: 409,
  club_invited_already: 409,
  club_applied_already: 409,
  club_decided_already: 409,
  benefit_withdrawn_already: 409,
  level_in_use: 409,
  drop_not_open: 409,
  drop_claim_over: 409,
  event_over: 409,
  event_full: 409,
  campaign_moved: 409,
  campaign_unready: 409,
  article_moved: 409,
  panel_closed: 409,
  panel_answered_already: 409,
  backup_under_way: 409,
  body_too_large: 413,
  body_too_slow: 408,
  unsupported_media_type: 415,
  validation_failed: 422,
  idempotency_key_reused: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** One thing that is wrong with the input: where, by which rule, in words. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
}

/** What a refusal is, for whoever puts it into words. */
export interface Why {
  code: string;
  of: About;
}

/**
 * The one exception of the operations. `app.onError` alone turns it into problem details (RFC 9457);
 * the command line prints its message.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retry_after_s: number | null;
  /** A code of the room that refuses, and what it is about, where pages have words of their own for it. */
  readonly why: Why | null;

  constructor(
    code: ErrorCode,
    message: string,
    more: { errors?: readonly FieldError[]; retry_after_s?: number; cause?: unknown; why?: Why } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.errors = more.errors ?? [];
    this.retry_after_s = more.retry_after_s ?? null;
    this.why = more.why ?? null;
  }

  get status(): (typeof errorCodes)[ErrorCode] {
    return errorCodes[this.code];
  }
}

/** For what cannot happen. @throws {Error} with the broken assumption */
export function assert(condition: unknown, assumption: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${assumption}`);
}
