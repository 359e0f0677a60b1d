import type { Context } from '../../functions/platform/context.ts';
import { clubOperations } from './club.ts';
import { creditOperations } from './credits.ts';
import { exportOperations } from './exports.ts';
import { feedbackOperations } from './feedback.ts';
import { householdOperations } from './households.ts';
import { joiningOperations } from './joining.ts';
import { mailOperations } from './mail.ts';
import { referralOperations } from './referral.ts';
import { saleOperations } from './sales.ts';
import type { Asker } from './sign-in.ts';
import { staffOperations } from './staff.ts';
import { surveyOperations } from './surveys.ts';
import { testimonialOperations } from './testimonials.ts';

/**
 * What pages ask of each room, on behalf of whoever is signed in. A room opens when it is asked for. A class, since what
 * a getter of an object literal holds outlives its request until the next full collection of garbage.
 */
export class Rooms {
  readonly #ctx: Context;
  readonly #asker: Asker;

  constructor(ctx: Context, asker: Asker) {
    this.#ctx = ctx;
    this.#asker = asker;
  }

  get club() {
    return clubOperations(this.#ctx);
  }

  get credits() {
    return creditOperations(this.#ctx);
  }

  get exports() {
    return exportOperations(this.#ctx);
  }

  get feedback() {
    return feedbackOperations(this.#ctx, this.#asker);
  }

  get joining() {
    return joiningOperations(this.#ctx, this.#asker);
  }

  get households() {
    return householdOperations(this.#ctx);
  }

  get mail() {
    return mailOperations(this.#ctx, this.#asker);
  }

  get referral() {
    return referralOperations(this.#ctx);
  }

  get sales() {
    return saleOperations(this.#ctx);
  }

  get staff() {
    return staffOperations(this.#ctx, this.#asker);
  }

  get surveys() {
    return surveyOperations(this.#ctx);
  }

  get testimonials() {
    return testimonialOperations(this.#ctx);
  }
}
