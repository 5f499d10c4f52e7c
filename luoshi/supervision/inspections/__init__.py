"""On-site inspections 实地督查 and the problem list 问题清单."""
