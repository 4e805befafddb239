"""The live district: a bilingual app in which a class or a workshop watches, questions and compares."""
