/**
 * Begins the process anew, as the same one, with memory that is given back. glibc keeps some for each thread by itself, so that
 * a large file that came in and was then looked through held what each of both had needed; and V8 would keep 50 MB for new
 * objects that an idle server never fills.
 */
export function shareMemory({ platform, env, argv, execArgv, execPath, execve }: NodeJS.Process): void {
  if (platform !== 'linux' || env.MALLOC_ARENA_MAX !== undefined || execve === undefined) return;
  const words = [execPath, '--max-semi-space-size=8', ...execArgv, ...argv.slice(1)];
  execve(execPath, words, { ...env, MALLOC_ARENA_MAX: '1' });
}
