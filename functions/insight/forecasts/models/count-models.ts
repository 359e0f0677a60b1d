import { bgNbd, mbgNbd } from './geometric-dropout.ts';
import type { CountModel } from './model.ts';
import { nbd } from './nbd.ts';
import { paretoNbd } from './pareto-nbd.ts';

/** All count models: each may be a part of the pool; those with dropout may serve alone. */
export const countModels: readonly CountModel[] = [nbd, bgNbd, mbgNbd, paretoNbd];
