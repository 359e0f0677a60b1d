DROP INDEX `survey_answers_results`;--> statement-breakpoint
CREATE INDEX `survey_answers_results` ON `survey_answers` (`survey_id`,`question_id`,`at`,`value`);