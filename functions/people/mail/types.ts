/** A mail that was given up: `failure` is the provider's word, or `outcome_unknown` where it may have arrived. */
export interface MailFailure {
  id: string;
  template: string;
  customerId: string | null;
  /** Null when the customer is gone. */
  email: string | null;
  createdAt: number;
  failedAt: number;
  failure: string;
  tries: number;
}
