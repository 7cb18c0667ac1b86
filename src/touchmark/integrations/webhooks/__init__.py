"""
Telling a marketplace's server something over HTTP, as Standard Webhooks has it (https://www.standardwebhooks.com).

``guard`` is the client that every address given by somebody else is called through; ``sign`` makes body and headers;
``deliver`` makes one call and says what came of it. When to call, and how often, is the outbox's business.
"""
