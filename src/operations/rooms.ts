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

/** What pages ask of each room, on behalf of whoever is signed in. */
export function openRooms(ctx: Context, asker: Asker) {
  return {
    club: clubOperations(ctx),
    exports: exportOperations(ctx),
    feedback: feedbackOperations(ctx, asker),
    joining: joiningOperations(ctx, asker),
    households: householdOperations(ctx),
    mail: mailOperations(ctx, asker),
    referral: referralOperations(ctx),
    staff: staffOperations(ctx, asker),
    surveys: surveyOperations(ctx),
    testimonials: testimonialOperations(ctx),
  };
}

export type Rooms = ReturnType<typeof openRooms>;
