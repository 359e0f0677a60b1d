/** The text that is signed under the deployment's secret to make the token of an invitation's personal link. */
export function invitationText(invitationId: string): string {
  return `survey invitation ${invitationId}`;
}
