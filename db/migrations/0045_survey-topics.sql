CREATE TABLE `survey_topics` (
	`id` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`place` integer NOT NULL,
	`retired_at` integer,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
