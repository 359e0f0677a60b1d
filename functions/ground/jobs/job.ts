import type { Context } from '../platform/context.ts';

/** Work that comes round by itself. Running one twice, or two at once, changes nothing. */
export interface Job {
  name: string;
  /** 1 or more; how often it is due. */
  everyMinutes: number;
  run: (ctx: Context) => Promise<unknown>;
  /** Runs behind all others of its run: it finishes what they begin. */
  isLast?: true;
  /** It computes for long: on Node it runs in a thread beside the server, which starts when this says that there is work. */
  hasWork?: (ctx: Context) => Promise<boolean>;
}
