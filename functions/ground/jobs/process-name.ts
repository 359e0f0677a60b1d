import { hostname } from 'node:os';
import { newToken } from '../platform/ids.ts';

/** What a process, or a thread of one, calls itself in what it is at. */
export const processName = () => `${hostname()} ${process.pid} ${newToken().slice(0, 12)}`;

/** Whether the process that took a run is over: on this machine, and no longer there or not this one's present thread. */
export function isGone(claimedBy: string, me: string): boolean {
  const [host, pid] = claimedBy.split(' ');
  const [ownHost, ownPid] = me.split(' ');
  if (host !== ownHost || claimedBy === me) return false;
  if (pid === ownPid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
