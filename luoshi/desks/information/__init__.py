"""Information 信息: urgent information with its two-hour clock."""
