"""
What is told to the public: statements of reasons to the Commission's transparency database, notices and answers as the
E-Commerce Law of China has them published, notices in Lumen's form. Each is redacted before it is kept here.
"""
