export const surveyMails = {};
