import type { Outcomes } from '../record/record.ts';

/**
 * How much each model should say in a common forecast: the weights under which what happened was likeliest, by the EM
 * algorithm of mixtures (Dempster, Laird and Rubin 1977). A linear pool in this way does no worse than its best model
 * where there is much to learn from (Yao, Vehtari, Simpson and Gelman 2018, "Using stacking to average Bayesian predictive
 * distributions"); with little, `EQUAL` accounts that speak for each model keep it near to equal weights.
 */
export function poolWeights(byModel: readonly Outcomes[]): number[] {
  const accounts = byModel[0]?.at.length ?? 0;
  let weights = byModel.map(() => 1 / byModel.length);
  for (let round = 0; round < ROUNDS_MOST; round += 1) {
    const votes = byModel.map(() => EQUAL);
    for (let account = 0; account < accounts; account += 1) {
      let chance = LEAST_SUM;
      for (let k = 0; k < weights.length; k += 1)
        chance += (weights[k] ?? 0) * (byModel[k]?.at[account] ?? 0);
      for (let k = 0; k < weights.length; k += 1)
        votes[k] = (votes[k] ?? 0) + ((weights[k] ?? 0) * (byModel[k]?.at[account] ?? 0)) / chance;
    }
    const all = votes.reduce((sum, vote) => sum + vote, 0);
    const next = votes.map((vote) => vote / all);
    const moved = Math.max(...next.map((weight, k) => Math.abs(weight - (weights[k] ?? 0))));
    weights = next;
    if (moved < 1e-6) break;
  }
  return weights;
}

/** What the pool would have forecast: chances and expectations are weighted sums. */
export function poolOutcomes(byModel: readonly Outcomes[], weights: readonly number[]): Outcomes {
  const [first] = byModel;
  const mixed = (pick: (outcomes: Outcomes) => Float64Array) =>
    Float64Array.from(first?.actual ?? [], (_, i) =>
      byModel.reduce((sum, outcomes, k) => sum + (weights[k] ?? 0) * (pick(outcomes)[i] ?? 0), 0),
    );
  return {
    actual: first?.actual ?? new Float64Array(),
    expected: mixed(({ expected }) => expected),
    below: mixed(({ below }) => below),
    at: mixed(({ at }) => at),
  };
}

const EQUAL = 10;
const ROUNDS_MOST = 1_000;
const LEAST_SUM = 1e-300;
