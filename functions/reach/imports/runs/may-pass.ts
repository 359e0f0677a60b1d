import { StoreUnavailable } from '../../../../db/store.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { FilesUnavailable } from '../../../ground/platform/file-store.ts';

/** Whether what failed may go well later, so that a run is taken up again. */
export function mayPass(error: unknown): boolean {
  if (error instanceof StoreUnavailable || error instanceof FilesUnavailable) return true;
  return error instanceof AppError && error.code === 'unavailable';
}
