environment  = "production"
group_name   = "kestrel-storefront"

# Sized for the spring sale of 2025.
web_min_size = 8
