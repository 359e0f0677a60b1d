/** Bodies as the documentation of the API shows them. */
export const feedbackExample = {
  kind: 'problem',
  text: 'One bag arrived torn.',
  source: 'till',
  customer: { email: 'ann@example.com' },
  servedBy: 'Maria',
  wantsReply: true,
};

export const answerExample = { text: 'We are sorry. A new bag is on its way.', state: 'answered' };

export const serverExample = { staff: null };
