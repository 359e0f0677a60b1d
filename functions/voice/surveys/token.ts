import { hashOf, signatureOf } from '../../ground/platform/ids.ts';

/** The token of an invitation's personal link, as it is kept: the token itself follows from the id and the deployment's secret. */
export function linkHash(secret: string, invitationId: string): string {
  return hashOf(signatureOf(secret, invitationText(invitationId)));
}

/** The text that is signed under the deployment's secret to make the token of an invitation's personal link. */
export function invitationText(invitationId: string): string {
  return `survey invitation ${invitationId}`;
}
