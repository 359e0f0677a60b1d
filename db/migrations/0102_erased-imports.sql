CREATE TABLE `erased_imports` (
	`name` text PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `erasure_texts` (
	`place` text NOT NULL,
	`text` text NOT NULL,
	`masked` text NOT NULL,
	PRIMARY KEY(`place`, `text`)
) STRICT, WITHOUT ROWID;
