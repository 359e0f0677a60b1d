import { addMember } from '../../functions/club/add-member.ts';
import { applyToClub, decideApplication, withdrawApplication } from '../../functions/club/applications.ts';
import { promiseBenefit, withdrawBenefit } from '../../functions/club/benefits/promise-benefit.ts';
import { listDirectory } from '../../functions/club/directory/list-directory.ts';
import { showSelf, writeToMember } from '../../functions/club/directory/show-self.ts';
import { claimDrop } from '../../functions/club/drops/claim-drop.ts';
import { giveUpClaim, settleClaim } from '../../functions/club/drops/end-claim.ts';
import { getDeskDrop } from '../../functions/club/drops/get-desk-drop.ts';
import { getMemberDrop } from '../../functions/club/drops/member-drops.ts';
import { closeDrop, createDrop } from '../../functions/club/drops/open-drop.ts';
import { endMembership, leaveClub } from '../../functions/club/end-membership.ts';
import { answerEvent } from '../../functions/club/events/answer-event.ts';
import { getDeskEvent } from '../../functions/club/events/get-desk-event.ts';
import { getMemberEvent } from '../../functions/club/events/member-events.ts';
import { cancelEvent, createEvent } from '../../functions/club/events/open-event.ts';
import { getClub } from '../../functions/club/get-club.ts';
import { getDesk } from '../../functions/club/get-desk.ts';
import { getMembership } from '../../functions/club/get-membership.ts';
import { answerInvitation, inviteToClub, withdrawInvitation } from '../../functions/club/invitations.ts';
import { memberQr } from '../../functions/club/member-qr.ts';
import { answerPanel } from '../../functions/club/panel/answer-panel.ts';
import { askPanel, tellOutcome } from '../../functions/club/panel/ask-panel.ts';
import { listDeskPanel, listPanel } from '../../functions/club/panel/list-panel.ts';
import { setLevels } from '../../functions/club/set-levels.ts';
import type { Context } from '../../functions/platform/context.ts';
import type { ErrorCode, FieldError } from '../../functions/platform/errors.ts';
import { AppError } from '../../functions/platform/errors.ts';
import { orNull } from './or-null.ts';

/** A refusal that a reader can mend or is told of: its code, and for a form the fields that are wrong. */
export type ClubRefusal = { ok: false; code: ErrorCode; errors: readonly FieldError[] };

/** The club: of everybody, of the signed-in customer, and of staff. */
export function clubOperations(ctx: Context) {
  const told =
    <Input>(work: (ctx: Context, input: Input) => Promise<unknown>) =>
    (input: Input): Promise<{ ok: true } | ClubRefusal> =>
      orCode(work(ctx, input));
  return {
    getClub: () => getClub(ctx),
    getMembership: (asked: Parameters<typeof getMembership>[1]) => orNull(getMembership(ctx, asked)),
    memberQr,
    apply: told(applyToClub),
    withdrawApplication: told(withdrawApplication),
    answerInvitation: told(answerInvitation),
    leave: told(leaveClub),
    getDrop: (asked: Parameters<typeof getMemberDrop>[1]) => orNull(getMemberDrop(ctx, asked)),
    claim: told(claimDrop),
    giveUp: told(giveUpClaim),
    getEvent: (asked: Parameters<typeof getMemberEvent>[1]) => orNull(getMemberEvent(ctx, asked)),
    answerEvent: told(answerEvent),
    listDirectory: (asked: Parameters<typeof listDirectory>[1]) => orNull(listDirectory(ctx, asked)),
    showSelf: told(showSelf),
    writeToMember: told(writeToMember),
    listPanel: (asked: Parameters<typeof listPanel>[1]) => orNull(listPanel(ctx, asked)),
    answerPanel: told(answerPanel),
    listDeskPanel: () => listDeskPanel(ctx),
    askPanel: told(askPanel),
    tellOutcome: told(tellOutcome),
    getDesk: (asked: Parameters<typeof getDesk>[1]) => getDesk(ctx, asked),
    decide: told(decideApplication),
    invite: told(inviteToClub),
    withdrawInvitation: told(withdrawInvitation),
    addMember: told(addMember),
    endMember: told(endMembership),
    setLevels: told(setLevels),
    promiseBenefit: told(promiseBenefit),
    withdrawBenefit: told(withdrawBenefit),
    createDrop: told(createDrop),
    closeDrop: told(closeDrop),
    getDeskDrop: (asked: { dropId: string }) => orNull(getDeskDrop(ctx, asked)),
    settleClaim: told(settleClaim),
    createEvent: told(createEvent),
    cancelEvent: told(cancelEvent),
    getDeskEvent: (asked: { eventId: string }) => orNull(getDeskEvent(ctx, asked)),
  };
}

const mendable: readonly number[] = [404, 409, 422, 429];

async function orCode(work: Promise<unknown>): Promise<{ ok: true } | ClubRefusal> {
  try {
    await work;
    return { ok: true };
  } catch (error) {
    if (!(error instanceof AppError) || !mendable.includes(error.status)) throw error;
    return { ok: false, code: error.code, errors: error.errors };
  }
}
