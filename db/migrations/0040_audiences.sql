ALTER TABLE `accounts` ADD `segment_spans` text;--> statement-breakpoint
ALTER TABLE `drops` ADD `segment_id` text;--> statement-breakpoint
ALTER TABLE `survey_sendings` ADD `segment_id` text;