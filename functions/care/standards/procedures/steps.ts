import { z } from 'zod';
import { newId } from '../../../ground/platform/ids.ts';
import { type ApologyStep, apologySteps } from '../../../voice/feedback/case-state.ts';
import { type StepWho, stepWho } from '../schema.ts';

/** One step of a procedure. */
export interface ProcedureStep {
  id: string;
  what: string;
  who: StepWho;
  /** What of a case ticks it by itself. */
  proof: ApologyStep | null;
}

const kept = z.array(
  z.object({
    id: z.string(),
    what: z.string(),
    who: z.enum(stepWho),
    proof: z.enum(apologySteps).nullable(),
  }),
);

export const readSteps = (text: string): ProcedureStep[] => kept.parse(JSON.parse(text));

/** The steps as they are to be kept: one that says what it said before keeps its id, and with it its ticks. */
export function stepsAfter(
  before: readonly ProcedureStep[],
  said: readonly Omit<ProcedureStep, 'id'>[],
): ProcedureStep[] {
  const left = [...before];
  return said.map((step) => {
    const at = left.findIndex(({ what }) => what === step.what);
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return { ...step, id: same?.id ?? newId() };
  });
}
