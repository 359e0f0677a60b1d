import type { Context } from '../../functions/platform/context.ts';
import { clubOperations } from './club.ts';
import { exportOperations } from './exports.ts';
import { feedbackOperations } from './feedback.ts';
import { householdOperations } from './households.ts';
import { joiningOperations } from './joining.ts';
import { mailOperations } from './mail.ts';
import { referralOperations } from './referral.ts';
import type { Asker } from './sign-in.ts';
import { staffOperations } from './staff.ts';
import { surveyOperations } from './surveys.ts';
import { testimonialOperations } from './testimonials.ts';

/** What pages ask of each room, on behalf of whoever is signed in. A room opens when it is asked for. */
export function openRooms(ctx: Context, asker: Asker) {
  return {
    get club() {
      return clubOperations(ctx);
    },
    get exports() {
      return exportOperations(ctx);
    },
    get feedback() {
      return feedbackOperations(ctx, asker);
    },
    get joining() {
      return joiningOperations(ctx, asker);
    },
    get households() {
      return householdOperations(ctx);
    },
    get mail() {
      return mailOperations(ctx, asker);
    },
    get referral() {
      return referralOperations(ctx);
    },
    get staff() {
      return staffOperations(ctx, asker);
    },
    get surveys() {
      return surveyOperations(ctx);
    },
    get testimonials() {
      return testimonialOperations(ctx);
    },
  };
}

export type Rooms = ReturnType<typeof openRooms>;
